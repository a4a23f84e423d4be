-- CreateEnum
CREATE TYPE "report_state" AS ENUM ('submitted', 'approved', 'returned', 'withdrawn');

-- CreateEnum
CREATE TYPE "extension_state" AS ENUM ('asked', 'granted', 'refused');

-- CreateEnum
CREATE TYPE "handover_state" AS ENUM ('offered', 'taken', 'declined', 'cancelled');

-- AlterTable
ALTER TABLE "report_versions" ADD COLUMN     "part" TEXT,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "state" "report_state" NOT NULL DEFAULT 'submitted';

-- CreateTable
CREATE TABLE "extensions" (
    "id" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "duty" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "extension_state" NOT NULL DEFAULT 'asked',
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "extensions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handovers" (
    "id" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "from_person" TEXT NOT NULL,
    "to_person" TEXT,
    "code_hash" TEXT,
    "state" "handover_state" NOT NULL DEFAULT 'offered',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "handovers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "extensions_state_idx" ON "extensions"("state");

-- CreateIndex
CREATE UNIQUE INDEX "handovers_code_hash_key" ON "handovers"("code_hash");

-- CreateIndex
CREATE INDEX "handovers_from_person_idx" ON "handovers"("from_person");

-- CreateIndex
CREATE INDEX "handovers_to_person_idx" ON "handovers"("to_person");
