package loopback

import (
	"net/http"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

// BenchmarkCallback is what the listener adds to a sign-in: from the
// browser's request to the code in the caller's hands, and with the page.
func BenchmarkCallback(b *testing.B) {
	uri := "http://localhost:" + freePort(b) + "/"
	client := &http.Client{
		Transport:     &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	fetch := func(address string) {
		r, err := client.Get(address)
		if err != nil {
			b.Fatal(err)
		}
		r.Body.Close()
	}
	for b.Loop() {
		b.StopTimer()
		l, err := Listen(b.Context(), []string{uri}, Options{})
		if err != nil {
			b.Fatal(err)
		}
		l.Expect(secret.New(goodState), "")
		b.StartTimer()
		fetch(uri + good[1:])
		if _, err := l.Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
		l.Finish(nil)
		fetch(uri + l.done[1:])
		b.StopTimer()
		l.Close()
		b.StartTimer()
	}
}
