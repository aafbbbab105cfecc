package tui

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/tui/theme"
)

func TestWithASCIIAloneNoQRCodeIsOffered(t *testing.T) {
	auth := &fakeAuth{begin: beginNew}
	drive(t, auth, func(o *Options) { o.QR = func(string) []string { return []string{"██"} } }, func(d *driver) {
		d.root.env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
		d.press("l", "s")
		if frame := d.frame(); strings.Contains(frame, "QR code") || !strings.Contains(frame, "copy address") {
			t.Errorf("it is offered, or the box is not there:\n%s", frame)
		}
	})
}
