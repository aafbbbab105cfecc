//go:build !windows

package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// The browser is opened and never comes to the page that says "You are signed
// out": the wait is told, and ctrl+c ends it.
func TestL21LogoutSaysThatItWaitsForTheBrowserAndCtrlCEndsThat(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	if got := p.signIn(pool, "guest@example.com"); got.code != exitDone {
		t.Fatal(got.err)
	}
	p.env["TABGATE_BROWSER"], p.env["LOGOUT_URI"] = "true", strings.Split(p.env["APP_URI"], ",")[0]
	reader, writer := io.Pipe()
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: io.Discard, err: writer, now: time.Now,
	}
	root := newRoot(&w)
	root.SetArgs([]string{"logout"})
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	done := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		writer.Close()
		done <- err
	}()
	said := ""
	for lines := bufio.NewScanner(reader); lines.Scan(); {
		said += lines.Text() + "\n"
		if strings.HasPrefix(lines.Text(), "Waiting a few seconds") {
			interrupt()
		}
	}
	if err := <-done; err != nil || ctx.Err() == nil || !strings.Contains(said, "was deleted") {
		t.Errorf("%v, and it says\n%s", err, said)
	}
}
