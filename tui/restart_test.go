package tui

import (
	"strings"
	"testing"
)

func TestRestartBringsASignInToARunningApp(t *testing.T) {
	var got answers
	drive(t, nil, func(o *Options) {
		o.Setup = "No user pool is configured."
		o.Ask = &Ask{folderQuestion, got.then}
	}, func(d *driver) {
		if !strings.Contains(d.frame(), "Sign in by this folder's settings?") {
			t.Fatalf("the question is not shown:\n%s", d.frame())
		}
		d.press("y", "4")
		old := d.pages["dataframe"]
		if got != (answers{yes: 1}) || old == nil {
			t.Fatalf("answered %+v", got)
		}
		auth := attemptsAuth(guest)
		d.send(Restart{Options{Auth: auth, Asked: true, Initial: guest, Pages: d.entries(), Note: "Used from now on.", From: "./.env"}})
		if old.ctx.Err() == nil {
			t.Error("a page of before goes on")
		}
		if d.pages["dataframe"] == old || d.built["dataframe"] != 2 {
			t.Error("the page is not built again")
		}
		for _, want := range []string{"log out", "Used from now on.", "DataFrame Demo page"} {
			if !strings.Contains(d.frame(), want) {
				t.Errorf("%q is not shown:\n%s", want, d.frame())
			}
		}
		if w, h := d.root.width, d.root.height; w != 80 || h != 24 {
			t.Errorf("the window is %d by %d", w, h)
		}
	})
}

func TestW4TheSignInBoxNamesTheFileThatDecides(t *testing.T) {
	drive(t, attemptsAuth(guest), func(o *Options) { o.From = "./.env" }, func(d *driver) {
		d.press("l")
		if !strings.Contains(d.frame(), "Log in with ./.env") {
			t.Errorf("not named:\n%s", d.frame())
		}
	})
	drive(t, attemptsAuth(guest), nil, func(d *driver) {
		d.press("l")
		if strings.Contains(d.frame(), "Log in with") {
			t.Errorf("something is named:\n%s", d.frame())
		}
	})
}
