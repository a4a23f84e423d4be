-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('reading', 'failed', 'review', 'published', 'dropped');

-- CreateTable
CREATE TABLE "plan_imports" (
    "id" TEXT NOT NULL,
    "seq" SERIAL NOT NULL,
    "file_name" TEXT NOT NULL,
    "file" JSONB,
    "by" TEXT,
    "address" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'reading',
    "trouble" TEXT,
    "detail" TEXT,
    "draft" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "plan_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_versions" (
    "seq" SERIAL NOT NULL,
    "plan_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "units" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT,
    "import_id" TEXT,

    CONSTRAINT "plan_versions_pkey" PRIMARY KEY ("plan_id","number")
);

-- CreateIndex
CREATE INDEX "plan_imports_state_idx" ON "plan_imports"("state");
