// PocketBase as its example "base" runs it, but for one pragma: with synchronous=NORMAL, its own
// choice, SQLite may lose commits that were acknowledged when the power fails; FULL may not.
package main

import (
	"log"
	"os"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
)

func main() {
	app := pocketbase.NewWithConfig(pocketbase.Config{DBConnect: open})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

func open(path string) (*dbx.DB, error) {
	synchronous := os.Getenv("BENCH_SYNCHRONOUS")
	if synchronous == "" {
		synchronous = "FULL"
	}
	pragmas := "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=journal_size_limit(200000000)&_pragma=synchronous(" + synchronous + ")" +
		"&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"
	return dbx.Open("sqlite", path+pragmas)
}
