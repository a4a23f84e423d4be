-- CreateEnum
CREATE TYPE "join_state" AS ENUM ('asked', 'accepted', 'refused', 'cancelled');

-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "revoked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "outgoing" ADD COLUMN     "tried" TEXT[];

-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "preferred" TEXT;

-- CreateTable
CREATE TABLE "join_requests" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "state" "join_state" NOT NULL DEFAULT 'asked',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "join_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "web_sessions" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "next_hash" TEXT,
    "old_hash" TEXT,
    "old_until" TIMESTAMPTZ(3),
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "label" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "web_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "join_requests_state_idx" ON "join_requests"("state");

-- CreateIndex
CREATE INDEX "join_requests_address_idx" ON "join_requests"("address");

-- CreateIndex
CREATE UNIQUE INDEX "web_sessions_address_key" ON "web_sessions"("address");
