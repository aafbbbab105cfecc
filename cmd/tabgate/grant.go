package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
)

// wish is something that a folder wants and that its reader is asked about
// once: the answer is remembered by a hash of exactly what was asked.
type wish struct {
	hash string // "" = there is nothing to ask
	text string // what it is, one sentence
}

// outside is everything that a folder reaches for outside of itself: what its
// pages need, and the sign-in that it names, unless the user has one.
func (c *settings) outside(d *dashboardDir) wish {
	whole := dashboard.Dashboard{Pages: d.Pages, Connections: d.Connections, Ground: d.Ground}
	if !c.ownSignIn() {
		whole.SignIn = d.SignIn
	}
	needs := whole.Outside()
	if len(needs) == 0 {
		return wish{}
	}
	var parts []string
	for _, n := range needs {
		parts = append(parts, n.String())
	}
	return wish{"outside " + dashboard.Digest(needs), session.Clean("This folder "+strings.Join(parts, "; it ")+".", 2000)}
}

// ownSignIn reports whether the user's own settings name a sign-in: that of a
// folder is left out then.
func (c *settings) ownSignIn() bool {
	cfg, err := c.loadQuietly()
	return err == nil && cfg.Configured() && cfg.Folder.State != config.Used
}

// reaches reports whether a page needs what is outside of the folder.
func (d *dashboardDir) reaches(p dashboard.Page) bool {
	alone := dashboard.Dashboard{Pages: dashboard.Pages{p}, Connections: d.Connections, Ground: d.Ground}
	return len(alone.Outside()) > 0
}

// itself is that the folder is run because somebody is in it.
func (d *dashboardDir) itself() wish {
	sum := sha256.Sum256([]byte("dashboard\n" + d.path))
	return wish{hex.EncodeToString(sum[:]), fmt.Sprintf("This folder is a dashboard, %q, of %s.", session.Clean(d.title(), 100), counted(len(d.Pages)-1, "page", "pages"))}
}

// said is the answer to a wish, in this run or an earlier one.
func (c *settings) said(w wish) config.Answer {
	if w.hash == "" {
		return config.Yes
	}
	said, err := c.answer(w.hash)
	if err != nil {
		return config.Unasked // whoever is asked again is told why
	}
	return said
}

// grant remembers the answer to a wish.
func (c *settings) grant(ctx context.Context, w wish, yes bool) error {
	return c.remember(ctx, w.hash, w.text, yes)
}
