-- CreateTable
CREATE TABLE "web_files" (
    "id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "web_files_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "web_files_at_idx" ON "web_files"("at");
