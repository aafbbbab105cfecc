//go:build !unix

package source_test

import "errors"

func pipe(string) error { return errors.ErrUnsupported }
