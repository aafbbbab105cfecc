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

func checkBrowser(d Deps) Check {
	o, reason := browser.Find(d.Env, d.Config.Browser)
	_, note := browser.Remote(d.Env)
	if !o.Found() {
		fix := "open the shown address on any machine and paste back the one it ends on, or set TABGATE_BROWSER"
		if len(d.Config.RedirectURIs) > 0 && d.Config.Domain != nil {
			if line := browser.SSHForward(d.Env, d.Config.RedirectURIs[0], d.Config.Domain.String()); line != "" {
				fix = "run " + line + " on the machine in front of you, or paste back the address that its browser ends on"
			}
		}
		return warn("browser", reason, fix)
	}
	return ok("browser", strings.TrimSpace(o.Name()+". "+strings.ReplaceAll(note, "\n", " ")))
}

// checkKeyring judges how writing, reading and removing a canary went.
func checkKeyring(d Deps, err error) Check {
	if d.StoreErr != nil {
		return fail("keyring", d.StoreErr.Error(), "repair it, or set TABGATE_TOKEN_STORE=memory")
	}
	if d.Store == nil {
		return check("keyring", Skip, "no store was chosen", "")
	}
	var failed *store.Error
	switch kind := d.Store.Kind(); {
	case err != nil && kind == "file":
		return fail("keyring", "sessions cannot be kept: "+err.Error(), "repair the state directory or its disk, or choose TABGATE_TOKEN_STORE=keyring or memory")
	case errors.As(err, &failed):
		detail, _, _ := strings.Cut(failed.Error(), "; ") // the fix says what to do
		if said := failed.Detail; said != "" && !strings.Contains(detail, said) {
			detail += " (" + said + ")"
		}
		return fail("keyring", "sessions cannot be kept: "+detail, keyringFix(failed.Reason))
	case err != nil:
		return fail("keyring", "sessions cannot be kept: "+err.Error(), keyringFix(store.Other))
	case kind == "memory":
		return warn("keyring", "sessions are kept in memory and end with the program", "set TABGATE_TOKEN_STORE=keyring to keep them")
	case kind == "file":
		return warn("keyring", "sessions are kept in a file that every program of yours can read", "set TABGATE_TOKEN_STORE=keyring where there is one")
	}
	return ok("keyring", "sessions are kept in the keyring of the system")
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

// checkClock compares the clock here with that of an answer.
func checkClock(a answer) Check {
	if a.date.IsZero() {
		return check("clock", Skip, "no clock to compare with", "")
	}
	// The Date header has whole seconds and is as old as the answer's way here.
	off := a.at.Sub(a.date)
	side := "ahead of"
	if off < 0 {
		off, side = -off, "behind"
	}
	if off > maxSkew {
		return fail("clock", fmt.Sprintf("this machine's clock is %s %s the user pool's", off.Round(time.Second), side),
			"set the clock, best by network time; tokens would be refused as expired or from the future")
	}
	return ok("clock", "agrees with the user pool's to "+off.Round(time.Second).String())
}

// checkProxy names the proxy that requests to the user pool go through, never with
// more of the setting than its host: there may be a password in it.
func checkProxy(d Deps, configured bool, proxied *neterr.ProxyError) Check {
	set, err := d.Proxies.Set("https")
	name := set.Host() + " (" + set.Setting + ")"
	switch {
	case err != nil:
		detail, fix := neterr.Why("", "", err)
		return fail("proxy", detail, fix)
	case proxied != nil:
		detail, fix := neterr.Why(d.Config.Domain.Host, "COGNITO_DOMAIN", proxied)
		return fail("proxy", detail, fix)
	case set.URL == nil && d.Proxies.Any():
		return ok("proxy", "only HTTP_PROXY is set, which https does not use")
	case set.URL == nil:
		return ok("proxy", "none is set")
	case !configured:
		return ok("proxy", "requests go through "+name)
	case local(d.Config.Domain):
		return ok("proxy", name+" is set; addresses of this machine bypass it")
	case d.direct():
		return ok("proxy", name+" is set; NO_PROXY excepts "+d.Config.Domain.Hostname())
	}
	return ok("proxy", "requests go through "+name)
}

// direct reports whether requests to the user pool go through no proxy.
func (d Deps) direct() bool {
	through, err := d.Proxies.For(d.Config.Domain)
	return err == nil && through.URL == nil
}

func checkTerminal(t Terminal) Check {
	size := fmt.Sprintf("%d x %d cells", t.Width, t.Height)
	if t.Width == 0 || t.Height == 0 {
		size = "of unknown size"
	}
	switch {
	case !t.TTY:
		return warn("terminal", "input or output is not a terminal", "run tabgate in a terminal; login, show and demo --tour work without")
	case t.Name == "" || t.Name == "dumb":
		return fail("terminal", "TERM is "+cmp.Or(t.Name, "not set")+", which cannot show the app", "set TERM to what the terminal is, such as xterm-256color")
	case t.Width > 0 && t.Height > 0 && (t.Width < 40 || t.Height < 12):
		return warn("terminal", size+" are too few for the pages", "make the window at least 40 x 12")
	case !t.UTF8:
		return warn("terminal", "the locale is not UTF-8, so only ASCII is drawn", "set LANG to one such as C.UTF-8")
	case t.Colours == "none":
		return ok("terminal", t.Name+", "+size+", without colour")
	}
	return ok("terminal", t.Name+", "+size+", "+t.Colours+" colours")
}
