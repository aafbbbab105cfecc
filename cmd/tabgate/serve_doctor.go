package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/doctor"
)

// checkServer checks what tabgate serve needs of the folder that was named, or
// that one is in. A folder that says nothing of a server is no check.
func (c *services) checkServer(ctx context.Context, dir string, patience time.Duration) []doctor.Check {
	if dir == "" {
		if !c.isDashboard(".") {
			return nil
		}
		dir = "."
	}
	d, err := c.openDashboard(dir)
	if err != nil {
		return nil // checkFolder has told it
	}
	defer d.close()
	if d.Server == (serveCommand{}).flags && len(d.SignIn) == 0 {
		return nil
	}
	u, err := (serveCommand{wiring: &wiring{services: c}}).setup(d)
	if err != nil {
		return []doctor.Check{{ID: "server", Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: "mend it in tabgate.yaml; tabgate serve says the same at its start"}}
	}
	checks := []doctor.Check{u.checkAddress(), u.checkAudience(), u.checkCertificate(c.now())}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	checks = append(checks, u.checkIssuer(ctx), u.checkClock(ctx, c.now))
	return append(checks, c.checkDatabases(ctx, u.cfg, d)...)
}

// checkDatabases looks at the roles as whom databases are asked that decide by
// who reads.
func (c *services) checkDatabases(ctx context.Context, cfg config.Config, d *dashboardDir) (checks []doctor.Check) {
	conns := d.told()
	if len(conns) == 0 {
		return nil
	}
	const id = "database"
	if c.said(c.outside(d)) != config.Yes {
		return []doctor.Check{{ID: id, Status: doctor.Skip, Detail: "it is not asked before your yes: tabgate trust " + d.called()}}
	}
	store := (&wiring{services: c}).store(ctx, cfg, d, &atomic.Bool{}, nil)
	defer store.Close()
	for _, conn := range conns {
		found, err := store.Look(ctx, conn)
		check := doctor.Check{ID: id, Status: doctor.OK, Detail: "connection " + conn.Name + ": its policies hold for the role"}
		switch {
		case err != nil:
			check.Status, check.Detail, check.Fix = doctor.Fail, session.Clean(err.Error(), 400), "sign in with a role that policies bind"
		case len(found) > 0:
			check.Status, check.Detail, check.Fix = doctor.Warn, session.Clean(found[0], 400), "tabgate check --live "+d.called()+" lists all of them"
		}
		checks = append(checks, check)
	}
	return checks
}

func (u *serveSetup) checkAddress() doctor.Check {
	address := u.public
	if address == "" {
		address = "http://" + u.listen + " (this machine alone)"
	}
	return doctor.Check{ID: "server", Status: doctor.OK, Detail: "it will be served at " + address}
}

// checkAudience says by what tokens are known to be for this server.
func (u *serveSetup) checkAudience() doctor.Check {
	c := doctor.Check{ID: "audience", Status: doctor.OK, Detail: "tokens must be for this server: by aud"}
	own := identifiers(u.cfg.Scopes)
	switch {
	case u.server.AnyAudience:
		c.Status, c.Detail = doctor.Warn, "tokens are taken whatever they were issued for (any_audience)"
		c.Fix = "take any_audience out, and name a scope of a resource server of the pool in scopes"
	case len(own) > 0:
		c.Detail += ", or by a scope of " + session.Clean(strings.Join(own, ", "), 200)
	default:
		c.Fix = "if the pool cannot make tokens for a resource, make a resource server in it and name its scope in scopes"
	}
	if u.server.MaxAge == 0 {
		c.Detail += "; a token is taken until it ends"
	} else {
		c.Detail += fmt.Sprintf("; for %s from when it was made", u.server.MaxAge)
	}
	return c
}

// checkCertificate says how long the certificate holds, and for whom.
func (u *serveSetup) checkCertificate(now time.Time) doctor.Check {
	c := doctor.Check{ID: "tls", Status: doctor.Skip, Detail: "plain http, on this machine or behind a proxy"}
	switch {
	case u.server.ACME != "":
		c.Detail = "it is fetched for " + session.Clean(u.server.ACME, 200) + " when the server runs"
		return c
	case u.tls == nil:
		return c
	}
	pair, err := u.tls.GetCertificate(nil)
	if err != nil {
		return doctor.Check{ID: c.ID, Status: doctor.Fail, Detail: session.Clean(err.Error(), 300), Fix: "give a certificate and its key as PEM"}
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		return doctor.Check{ID: c.ID, Status: doctor.Fail, Detail: session.Clean(err.Error(), 300), Fix: "give a certificate as PEM"}
	}
	host := strings.TrimPrefix(u.public, "https://")
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	c.Status, c.Detail = doctor.OK, "it holds until "+leaf.NotAfter.UTC().Format(time.DateOnly)
	switch {
	case now.After(leaf.NotAfter) || now.Before(leaf.NotBefore):
		c.Status, c.Fix = doctor.Fail, "renew it"
	case host != "" && leaf.VerifyHostname(strings.Trim(host, "[]")) != nil:
		c.Status, c.Detail, c.Fix = doctor.Fail, "it is not for "+session.Clean(host, 200), "get one for the name in public_url"
	case leaf.NotAfter.Sub(now) < 14*24*time.Hour:
		c.Status, c.Fix = doctor.Warn, "renew it"
	}
	return c
}

// checkIssuer asks the issuers of the pool for their keys.
func (u *serveSetup) checkIssuer(ctx context.Context) doctor.Check {
	c := doctor.Check{ID: "pool keys", Status: doctor.Fail, Fix: "check user_pool_id or issuer, and the network"}
	for _, issuer := range u.issuers {
		found, err := token.Discover(ctx, u.keys, issuer)
		if err == nil {
			err = found.CheckDomain(u.cfg.Domain)
		}
		if err == nil {
			err = token.NewKeys(u.keys, issuer, time.Now).RefreshFrom(ctx, found)
		}
		if err == nil {
			return doctor.Check{ID: c.ID, Status: doctor.OK, Detail: session.Clean(issuer, 200) + " names the domain, and has keys"}
		}
		c.Detail = session.Clean(err.Error(), 400)
	}
	return c
}

// checkClock compares the clock with the issuer's: tokens are refused where it is
// off by more than a minute.
func (u *serveSetup) checkClock(ctx context.Context, now func() time.Time) doctor.Check {
	c := doctor.Check{ID: "time", Status: doctor.Skip, Detail: "nobody said what time it is"}
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, u.issuers[0]+"/.well-known/openid-configuration", nil)
	if err != nil {
		return c
	}
	resp, err := u.keys.Do(req)
	if err != nil {
		return c
	}
	resp.Body.Close()
	theirs, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return c
	}
	off := now().Sub(theirs).Round(time.Second)
	c.Status, c.Detail = doctor.OK, fmt.Sprintf("it is off by %s from the issuer's", off.Abs())
	if off.Abs() > token.Leeway/2 {
		c.Status, c.Fix = doctor.Fail, "set the clock: tokens are refused where it is off by more than a minute"
	}
	return c
}
