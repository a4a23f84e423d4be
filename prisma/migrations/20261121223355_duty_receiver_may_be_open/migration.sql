-- AlterTable
ALTER TABLE "reporting_duties" ALTER COLUMN "receiver" DROP NOT NULL;
