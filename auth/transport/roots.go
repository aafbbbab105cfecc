package transport

import (
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth/trusted"
)

// maxRoots is how large a CA file may be, in bytes. All of Mozilla's
// certificates take a quarter of it.
const maxRoots = 1 << 20

// Roots gives the system's trusted certificates with those of a PEM file
// added; nil, the system's alone, where no file is named. Whoever can write the
// file can read all traffic, so it must be this user's or root's alone. An
// error is one line that says what to do.
func Roots(caFile string) (*x509.CertPool, error) {
	if caFile == "" {
		return nil, nil
	}
	pem, err := trusted.ReadFile(caFile, maxRoots)
	var bad *trusted.Error
	switch {
	case errors.As(err, &bad):
		return nil, fmt.Errorf("the CA file %w", err)
	case err != nil:
		return nil, fmt.Errorf("the CA file cannot be read: %w; check TABGATE_CA_FILE", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("the CA file %s holds no certificate in PEM form; check TABGATE_CA_FILE", caFile)
	}
	return pool, nil
}
