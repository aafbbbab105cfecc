package main

import (
	"context"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/signin"
)

// demoAuth is the sign-in of the demo, whose people can be played. It is made
// only by the process that runs the pool: no other pool is offered a password
// that everybody knows.
type demoAuth struct {
	gatekeeper
	players *localpool.Players
}

// Begin implements signin.Auth.
func (d demoAuth) Begin(ctx context.Context) (signin.Attempt, error) {
	d.players.Leave()
	return d.gatekeeper.Begin(ctx)
}

// People implements signin.PeopleAuth.
func (d demoAuth) People() (people []signin.Person) {
	for _, u := range d.players.People() {
		people = append(people, signin.Person{Name: u.Email, Groups: u.Groups})
	}
	return people
}

// Play implements signin.PeopleAuth.
func (d demoAuth) Play(ctx context.Context, name, url string) error {
	return d.players.SignIn(ctx, name, url)
}

// SignOut signs out the browser that signed in, which may be the built-in one.
func (d demoAuth) SignOut(ctx context.Context) []session.Step {
	defer d.tell()
	steps := d.Service.SignOut(ctx, false)
	played, err := d.players.SignOut(context.WithoutCancel(ctx))
	if !played {
		return append(steps, d.SignOutBrowser(ctx))
	}
	step := session.Step{Name: "browser", Text: "The built-in browser was signed out of the local pool.", Err: err}
	if err != nil {
		step.Text = "The built-in browser could not sign out of the local pool, and is forgotten."
	}
	return append(steps, step)
}
