//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// The desktop's opener is a script that tells what it was started with.
func TestU4TheDesktopsOpenerIsStartedWithoutTheState(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells whose a connection is")
	}
	dir := t.TempDir()
	pipe := filepath.Join(dir, "seen")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\necho \"$*\" >" + pipe + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	p := newPlace(t)
	pool := p.onPool()
	delete(p.env, "TABGATE_BROWSER")
	p.env["DISPLAY"] = ":0"
	arrived := make(chan string, 1)
	go func() {
		seen, err := os.ReadFile(pipe) // waits for the script
		if err != nil {
			arrived <- err.Error()
			return
		}
		link := strings.TrimSpace(string(seen))
		page, err := pool.Person("analyst@example.com", localpool.DemoPassword).SignIn(context.Background(), link)
		if err != nil || page.Status >= 400 {
			t.Errorf("the browser ends at %d, %v", page.Status, err)
		}
		arrived <- link
	}()
	got := p.run("login", "--timeout", "30s")
	if link := <-arrived; got.code != 0 || strings.Contains(link, "state") || !strings.Contains(link, "/start/") {
		t.Errorf("started with %s; exit %d: %s", link, got.code, got.err)
	}
	if !strings.Contains(got.err, "/oauth2/authorize?") {
		t.Errorf("the address to copy is not shown: %s", got.err)
	}
}
