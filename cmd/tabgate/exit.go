package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
)

// The exit codes, which scripts rely on.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNotSignedIn = 3
	exitNoAccess    = 4
	exitConfig      = 5
	exitNetwork     = 6
	exitBad         = 7 // a threshold is bad
	exitInterrupted = 130
)

// coded is an error that knows its exit code.
type coded struct {
	code int
	err  error
}

func (c coded) Error() string { return c.err.Error() }
func (c coded) Unwrap() error { return c.err }

func fail(code int, text string) error { return coded{code, errors.New(text)} }

func usage(format string, a ...any) error { return coded{exitUsage, fmt.Errorf(format, a...)} }

// exitCode says how the program ends. The first row that fits decides:
//
//	error                        | code
//	-----------------------------|-----
//	none                         | 0
//	a signal ended the command   | 130
//	one that carries a code      | its own
//	nobody is signed in          | 3
//	a flag's value, also one that does not suit a file | 2
//	configuration                | 5
//	figures need a sign-in at their address | 3
//	figures are refused there    | 4
//	network, provider or figures out of reach | 6
//	any other                    | 1
func exitCode(err error, interrupted bool) int {
	var c coded
	var cfg *config.Error
	switch {
	case err == nil:
		return exitDone
	case interrupted, errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &c):
		return c.code
	case errors.Is(err, auth.ErrNotSignedIn):
		return exitNotSignedIn
	case errors.As(err, &cfg) && cfg.ByFlag(), errors.As(err, new(*textfile.FormatError)):
		return exitUsage
	case cfg != nil, errors.Is(err, auth.ErrConfig), errors.As(err, new(*client.OfferError)), errors.As(err, new(*client.TokenError)):
		return exitConfig
	case neterr.KindOf(err) == neterr.Unauthorized:
		return exitNotSignedIn
	case neterr.KindOf(err) == neterr.Forbidden:
		return exitNoAccess
	case errors.Is(err, auth.ErrNetwork), outOfReach(err):
		return exitNetwork
	}
	return exitFailed
}

// outOfReach reports whether figures could not be had from their address.
func outOfReach(err error) bool {
	return errors.As(err, new(*source.AddressError)) || errors.As(err, new(*client.AwayError)) || errors.As(err, new(*client.Refusal)) || errors.As(err, new(*client.BadAnswerError))
}
