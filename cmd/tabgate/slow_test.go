package main

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/store"
)

// hangingRing is a keyring whose prompt nobody answers before the end.
type hangingRing chan struct{}

func (r hangingRing) Set(string, string, string) error            { <-r; return store.ErrNotFound }
func (r hangingRing) Get(string, string) (text string, err error) { <-r; return "", store.ErrNotFound }
func (r hangingRing) Delete(string, string) error                 { <-r; return store.ErrNotFound }

// The time is the bubble's own: it passes only while everything waits.
func TestK1TheFirstFrameWaitsFiftyMillisecondsForAKeyringAndNoLonger(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, now: time.Now}
	c := newApp(wiringIn(&w))
	cfg, err := c.loadQuietly()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		ring := make(hangingRing)
		svc, err := auth.New(auth.Options{
			Cognito:      cognito.Config{Domain: cfg.Domain, ClientID: cfg.ClientID, Issuer: cfg.Issuer},
			RedirectURIs: cfg.RedirectURIs, Store: store.Keyring(ring), StateDir: filepath.Join(p.home, "slow"),
		})
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		root := c.model(t.Context(), cfg, svc)
		root.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		frame := root.View()
		if waited := time.Since(begin); waited != 50*time.Millisecond {
			t.Errorf("the first frame came after %v", waited)
		}
		if !strings.Contains(frame, "Plotting Demo") || strings.Contains(frame, "% Complete") {
			t.Errorf("the first frame:\n%s", frame)
		}
		close(ring)
		if err := svc.Close(); err != nil {
			t.Error(err)
		}
	})
}
