-- CreateEnum
CREATE TYPE "open_why" AS ENUM ('none', 'choice', 'notRight');

-- CreateTable
CREATE TABLE "open_questions" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "why" "open_why" NOT NULL,
    "times" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "open_questions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teachings" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "phrase" TEXT NOT NULL,
    "means" TEXT,
    "passages" TEXT[],
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "teachings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "open_questions_key_key" ON "open_questions"("key");

-- CreateIndex
CREATE INDEX "open_questions_settled_at_idx" ON "open_questions"("settled_at");

-- CreateIndex
CREATE INDEX "teachings_key_idx" ON "teachings"("key");
