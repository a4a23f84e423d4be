-- CreateEnum
CREATE TYPE "digest_part" AS ENUM ('picture', 'figures');

-- AlterTable
ALTER TABLE "group_chats" ADD COLUMN     "days" INTEGER[],
ADD COLUMN     "paused" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "without" "digest_part"[];

-- AlterTable
ALTER TABLE "persons" ADD COLUMN     "deputy" TEXT,
ADD COLUMN     "quiet_until" DATE;

-- CreateTable
CREATE TABLE "pictures" (
    "hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pictures_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "unreachable_places" (
    "address" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unreachable_places_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "broadcasts" (
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "broadcasts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "acknowledgements" (
    "plan" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "acknowledgements_pkey" PRIMARY KEY ("plan","person")
);

-- CreateIndex
CREATE INDEX "broadcasts_at_idx" ON "broadcasts"("at" DESC);
