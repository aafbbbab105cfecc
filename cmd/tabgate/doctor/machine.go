package doctor

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/browser"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/store"
)

// maxSkew is how far the clock may be off before tokens are refused.
const maxSkew = 60 * time.Second

func (e *exam) browser() {
	o, reason := browser.Find(e.Env, e.Config.Browser)
	_, note := browser.Remote(e.Env)
	if !o.Found() {
		fix := "open the shown address on any machine and paste back the one it ends on, or set TABGATE_BROWSER"
		if len(e.Config.RedirectURIs) > 0 && e.Config.Domain != nil {
			if line := browser.SSHForward(e.Env, e.Config.RedirectURIs[0], e.Config.Domain.String()); line != "" {
				fix = "run " + line + " on the machine in front of you, or paste back the address that its browser ends on"
			}
		}
		e.add("browser", Warn, reason, fix)
		return
	}
	e.add("browser", OK, strings.TrimSpace(o.Name()+". "+strings.ReplaceAll(note, "\n", " ")), "")
}

// keyring judges how writing, reading and removing a canary went.
func (e *exam) keyring(err error) {
	if e.StoreErr != nil {
		e.add("keyring", Fail, e.StoreErr.Error(), "repair it, or set TABGATE_TOKEN_STORE=memory")
		return
	}
	if e.Store == nil {
		e.skip("no store was chosen", "keyring")
		return
	}
	var failed *store.Error
	switch kind := e.Store.Kind(); {
	case err != nil && kind == "file":
		e.add("keyring", Fail, "sessions cannot be kept: "+err.Error(), "repair the state directory or its disk, or choose TABGATE_TOKEN_STORE=keyring or memory")
	case errors.As(err, &failed):
		detail, _, _ := strings.Cut(failed.Error(), "; ") // the fix says what to do
		if said := failed.Detail; said != "" && !strings.Contains(detail, said) {
			detail += " (" + said + ")"
		}
		e.add("keyring", Fail, "sessions cannot be kept: "+detail, keyringFix(failed.Reason))
	case err != nil:
		e.add("keyring", Fail, "sessions cannot be kept: "+err.Error(), keyringFix(store.Other))
	case kind == "memory":
		e.add("keyring", Warn, "sessions are kept in memory and end with the program", "set TABGATE_TOKEN_STORE=keyring to keep them")
	case kind == "file":
		e.add("keyring", Warn, "sessions are kept in a file that every program of yours can read", "set TABGATE_TOKEN_STORE=keyring where there is one")
	default:
		e.add("keyring", OK, "sessions are kept in the keyring of the system", "")
	}
}

func keyringFix(r store.Reason) string {
	const other = ", or choose TABGATE_TOKEN_STORE=file or memory"
	switch r {
	case store.Locked, store.Dismissed:
		return "unlock the keyring" + other
	case store.NoCollection:
		return "make a keyring and set it as the default (in GNOME: Passwords and Keys, +, Password Keyring)" + other
	case store.Timeout:
		return "answer the keyring's prompt, which may be behind another window" + other
	case store.NoBus, store.NoService, store.Unsupported:
		return "start a keyring service (gnome-keyring, KWallet)" + other
	case store.Denied:
		return "allow tabgate to use the keyring" + other
	}
	return "repair the keyring" + other
}

func (e *exam) clock(a answer) {
	if a.date.IsZero() {
		e.skip("no clock to compare with", "clock")
		return
	}
	// The Date header has whole seconds and is as old as the answer's way here.
	off := a.at.Sub(a.date)
	side := "ahead of"
	if off < 0 {
		off, side = -off, "behind"
	}
	if off > maxSkew {
		e.add("clock", Fail, fmt.Sprintf("this machine's clock is %s %s the user pool's", off.Round(time.Second), side),
			"set the clock, best by network time; tokens would be refused as expired or from the future")
		return
	}
	e.add("clock", OK, "agrees with the user pool's to "+off.Round(time.Second).String(), "")
}

// proxy names the proxy that requests to the user pool go through, never with
// more of the setting than its host: there may be a password in it.
func (e *exam) proxy() {
	set, err := e.Proxies.Set("https")
	name := set.Host() + " (" + set.Setting + ")"
	switch {
	case err != nil:
		detail, fix := neterr.Why("", "", err)
		e.add("proxy", Fail, detail, fix)
	case e.proxied != nil:
		detail, fix := neterr.Why(e.Config.Domain.Host, "COGNITO_DOMAIN", e.proxied)
		e.add("proxy", Fail, detail, fix)
	case set.URL == nil && e.Proxies.Any():
		e.add("proxy", OK, "only HTTP_PROXY is set, which https does not use", "")
	case set.URL == nil:
		e.add("proxy", OK, "none is set", "")
	case e.client == nil:
		e.add("proxy", OK, "requests go through "+name, "")
	case local(e.Config.Domain):
		e.add("proxy", OK, name+" is set; addresses of this machine bypass it", "")
	case e.direct():
		e.add("proxy", OK, name+" is set; NO_PROXY excepts "+e.Config.Domain.Hostname(), "")
	default:
		e.add("proxy", OK, "requests go through "+name, "")
	}
}

// direct reports whether requests to the user pool go through no proxy.
func (e *exam) direct() bool {
	through, err := e.Proxies.For(e.Config.Domain)
	return err == nil && through.URL == nil
}

func (e *exam) terminal() {
	t := e.Terminal
	size := fmt.Sprintf("%d x %d cells", t.Width, t.Height)
	if t.Width == 0 || t.Height == 0 {
		size = "of unknown size"
	}
	switch {
	case !t.TTY:
		e.add("terminal", Warn, "input or output is not a terminal", "run tabgate in a terminal; login, show and demo --tour work without")
	case t.Name == "" || t.Name == "dumb":
		e.add("terminal", Fail, "TERM is "+cmp.Or(t.Name, "not set")+", which cannot show the app", "set TERM to what the terminal is, such as xterm-256color")
	case t.Width > 0 && t.Height > 0 && (t.Width < 40 || t.Height < 12):
		e.add("terminal", Warn, size+" are too few for the pages", "make the window at least 40 x 12")
	case !t.UTF8:
		e.add("terminal", Warn, "the locale is not UTF-8, so only ASCII is drawn", "set LANG to one such as C.UTF-8")
	case t.Colours == "none":
		e.add("terminal", OK, t.Name+", "+size+", without colour", "")
	default:
		e.add("terminal", OK, t.Name+", "+size+", "+t.Colours+" colours", "")
	}
}
