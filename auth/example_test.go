package auth_test

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/url"
	"os"
	"time"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/session"
)

// Somebody signs in at a user pool on this machine, with a script in place of
// the browser, and opens what their group may see.
func Example() {
	ctx := context.Background()
	redirect := freeAddress()
	pool, err := faults.New(localpool.Options{RedirectURIs: []string{redirect}})
	if err != nil {
		log.Fatal(err)
	}
	pool.Start()
	defer pool.Close()
	domain, _ := url.Parse(pool.Domain())
	dir, _ := os.MkdirTemp("", "example")
	defer os.RemoveAll(dir)

	svc, err := auth.New(auth.Options{
		Cognito:      cognito.Config{Domain: domain, ClientID: pool.ClientID(), Issuer: pool.Issuer()},
		RedirectURIs: []string{redirect},
		StateDir:     dir,
		LocalPool:    true,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer svc.Close()

	attempt, err := svc.Begin(ctx)
	if err != nil {
		log.Fatal(err)
	}
	go pool.Person("underwriter@example.com", localpool.DemoPassword).SignIn(ctx, attempt.URL())
	who, err := attempt.Wait(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(who.Name(), who.Groups)
	fmt.Println(session.Rule{Groups: []string{localpool.Underwriters}}.Check(who, time.Now()))
	fmt.Println(session.Rule{Groups: []string{localpool.CreditAnalysts}}.Check(who, time.Now()))
	for _, step := range svc.SignOut(ctx, false) {
		fmt.Println(step.Text)
	}
	// Output:
	// underwriter@example.com [Underwriters]
	// open
	// no_group
	// The refresh token was revoked.
	// The stored session was deleted.
}

// freeAddress is a redirect address whose port is free.
func freeAddress() string {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return "http://localhost:" + port + "/"
}
