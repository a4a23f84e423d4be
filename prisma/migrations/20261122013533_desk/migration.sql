-- CreateEnum
CREATE TYPE "matter_kind" AS ENUM ('obstacle', 'commendation', 'model', 'urgent');

-- CreateEnum
CREATE TYPE "nominee_kind" AS ENUM ('collective', 'person');

-- CreateEnum
CREATE TYPE "urgency" AS ENUM ('hoaToc', 'thuongKhan', 'khan');

-- CreateEnum
CREATE TYPE "matter_step_kind" AS ENUM ('answered', 'closed', 'reopened', 'withdrawn', 'listed', 'proposed', 'awarded', 'declined', 'approved', 'returned', 'reworded', 'acknowledged', 'added', 'directed', 'escalated');

-- CreateEnum
CREATE TYPE "mark_state" AS ENUM ('begun', 'done', 'blocked', 'confirmed', 'cleared');

-- CreateTable
CREATE TABLE "matters" (
    "id" TEXT NOT NULL,
    "kind" "matter_kind" NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "task" TEXT,
    "nominee_kind" "nominee_kind",
    "nominee" TEXT,
    "grounds" TEXT,
    "urgency" "urgency",

    CONSTRAINT "matters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matter_steps" (
    "matter_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "matter_step_kind" NOT NULL,
    "by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT,

    CONSTRAINT "matter_steps_pkey" PRIMARY KEY ("matter_id","number")
);

-- CreateTable
CREATE TABLE "task_marks" (
    "id" BIGSERIAL NOT NULL,
    "unit" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "state" "mark_state" NOT NULL,
    "note" TEXT,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_marks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "matters_unit_idx" ON "matters"("unit");

-- CreateIndex
CREATE UNIQUE INDEX "matters_kind_year_number_key" ON "matters"("kind", "year", "number");

-- CreateIndex
CREATE INDEX "task_marks_unit_task_idx" ON "task_marks"("unit", "task");

-- AddForeignKey
ALTER TABLE "matter_steps" ADD CONSTRAINT "matter_steps_matter_id_fkey" FOREIGN KEY ("matter_id") REFERENCES "matters"("id") ON DELETE CASCADE ON UPDATE CASCADE;
