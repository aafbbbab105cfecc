package auth

import (
	"context"
	"errors"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/token"
)

// What an error means for the program; errors.Is finds them.
var (
	ErrNotSignedIn = errors.New("you are not signed in")
	ErrConfig      = errors.New("the configuration is wrong")
	ErrNetwork     = errors.New("the user pool is out of reach")
)

var (
	errSignedOutElsewhere = mark(ErrNotSignedIn, errors.New("you were signed out by another tabgate; sign in again"))
	// errNotPersisted is a session that was refreshed and could not be stored.
	errNotPersisted = errors.New("the session is refreshed but stays in memory")
)

// marked is an error with its meaning. It reads as the error itself.
type marked struct{ meaning, err error }

func (m marked) Error() string   { return m.err.Error() }
func (m marked) Unwrap() []error { return []error{m.meaning, m.err} }

func mark(meaning, err error) error { return marked{meaning, err} }

// outside marks an error of a request or of a token check:
//
//	error                                  | means
//	---------------------------------------|----------------
//	cancelled by the caller                | itself
//	cognito: refused                       | ErrNotSignedIn
//	cognito: misconfigured                 | ErrConfig
//	cognito: unreachable, throttled        | ErrNetwork
//	cognito: the pool's own code fails     | ErrNetwork
//	token: keys out of reach               | ErrNetwork
//	anything else                          | itself
func outside(err error) error {
	var pool *cognito.Error
	var refused *token.Error
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &pool):
		if m := meaning(pool.Kind); m != nil {
			return mark(m, err)
		}
	case errors.As(err, &refused) && refused.Reason == token.Unreachable:
		return mark(ErrNetwork, err)
	}
	return err
}

// meaning is that of a failure at the user pool, nil where it has none.
func meaning(k cognito.Kind) error {
	switch k {
	case cognito.Refused:
		return ErrNotSignedIn
	case cognito.Misconfigured:
		return ErrConfig
	case cognito.Unreachable, cognito.Throttled, cognito.Failing:
		return ErrNetwork
	}
	return nil
}

// cause is an error without what failed, for a sentence that has said so.
func cause(err error) string {
	var pool *cognito.Error
	if errors.As(err, &pool) {
		return pool.Reason()
	}
	return err.Error()
}

func tokenReason(err error) token.Reason {
	var refused *token.Error
	if errors.As(err, &refused) {
		return refused.Reason
	}
	return 0
}

func poolKind(err error) cognito.Kind {
	var pool *cognito.Error
	if errors.As(err, &pool) {
		return pool.Kind
	}
	return 0
}
