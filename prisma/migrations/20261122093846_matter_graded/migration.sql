-- AlterEnum
ALTER TYPE "matter_step_kind" ADD VALUE 'graded';
