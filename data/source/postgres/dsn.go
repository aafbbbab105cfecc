package postgres

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/trusted"
)

// connectTime is how long a connection may take to stand.
const connectTime = 10 * time.Second

// settings are what a connection string says, and nothing else does: neither
// the environment of libpq, nor a password file or a service file.
type settings struct {
	host, port, user, password, database, sslmode, rootCert string
}

// knownKeys are the keys of a connection string.
var knownKeys = []string{"host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "connect_timeout", "application_name"}

// parse reads a connection string: postgres://user@host/database?sslmode=…, or
// host=… user=… dbname=…. What it holds is in no error.
func parse(dsn string) (s settings, err error) {
	values := map[string]string{}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		err = parseURL(dsn, values)
	} else {
		err = parseWords(dsn, values)
	}
	if err != nil {
		return s, err
	}
	for key := range values {
		if !slices.Contains(knownKeys, key) {
			return s, fmt.Errorf("its dsn has the key %q: known are %s", clean(key), strings.Join(knownKeys, ", "))
		}
	}
	s = settings{
		host: values["host"], port: values["port"], user: values["user"], password: values["password"],
		database: values["dbname"], sslmode: values["sslmode"], rootCert: values["sslrootcert"],
	}
	return s, s.check()
}

func parseURL(dsn string, values map[string]string) error {
	u, err := url.Parse(dsn)
	if err != nil {
		return errors.New("its dsn is no address: write postgres://user@host/database?sslmode=verify-full")
	}
	values["host"], values["port"] = u.Hostname(), u.Port()
	values["dbname"] = strings.TrimPrefix(u.Path, "/")
	values["user"] = u.User.Username()
	values["password"], _ = u.User.Password()
	for key, list := range u.Query() {
		if values[key] != "" || len(list) > 1 {
			return fmt.Errorf("its dsn says %s twice", clean(key))
		}
		values[key] = list[0]
	}
	return nil
}

// parseWords reads key=value words; a value may stand in single quotes, and a
// backslash takes what follows as it is.
func parseWords(dsn string, values map[string]string) error {
	rest := strings.TrimSpace(dsn)
	for rest != "" {
		key, after, found := strings.Cut(rest, "=")
		key = strings.TrimSpace(key)
		if !found || key == "" || strings.ContainsAny(key, " \t\n'\\") {
			return errors.New("its dsn cannot be read: write postgres://user@host/database or host=… user=… dbname=…")
		}
		if _, twice := values[key]; twice {
			return fmt.Errorf("its dsn says %s twice", clean(key))
		}
		value, end, err := word(strings.TrimLeft(after, " \t\n"))
		if err != nil {
			return err
		}
		values[key], rest = value, strings.TrimLeft(end, " \t\n")
	}
	return nil
}

func word(text string) (value, rest string, err error) {
	var b strings.Builder
	quoted := strings.HasPrefix(text, "'")
	i := 0
	if quoted {
		i = 1
	}
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case quoted && c == '\'':
			return b.String(), text[i+1:], nil
		case !quoted && strings.IndexByte(" \t\n", c) >= 0:
			return b.String(), text[i:], nil
		default:
			b.WriteByte(c)
		}
	}
	if quoted {
		return "", "", errors.New("its dsn has a quote that is not closed")
	}
	return b.String(), "", nil
}

// check refuses what would send figures or a password in the open.
func (s settings) check() error {
	switch {
	case s.host == "":
		return errors.New("its dsn names no host: write one, localhost for this machine")
	case strings.ContainsAny(s.host, ", "):
		return errors.New("its dsn names several hosts: write one")
	case s.user == "":
		return errors.New("its dsn names no user: write the role to sign in with")
	case s.remote() && s.sslmode != "" && s.sslmode != "verify-full":
		return fmt.Errorf("a database on another machine needs sslmode=verify-full, and its dsn says %s", clean(s.sslmode))
	case s.sslmode != "" && !slices.Contains([]string{"disable", "verify-full"}, s.sslmode):
		return fmt.Errorf("its dsn says sslmode=%s: write disable or verify-full", clean(s.sslmode))
	}
	if port, err := strconv.ParseUint(s.port, 10, 16); s.port != "" && (err != nil || port == 0) {
		return errors.New("its dsn names a port that is none: write a number up to 65535")
	}
	return nil
}

// remote reports whether the server is on another machine.
func (s settings) remote() bool { return !s.socket() && !neterr.Loopback(s.host) }

// socket reports whether the host is a directory with a socket.
func (s settings) socket() bool { return strings.HasPrefix(s.host, "/") }

// parsing guards the two variables that the driver reads before all others.
var parsing sync.Mutex

// config is the driver's own form. The driver fills gaps from the environment:
// so it is given no gap.
func (s settings) config() (*pgx.ConnConfig, error) {
	port := s.port
	if port == "" {
		port = "5432"
	}
	text := ""
	for _, pair := range [][2]string{
		{"host", s.host}, {"port", port}, {"user", s.user}, {"dbname", s.databaseName()}, {"password", "none"}, {"passfile", os.DevNull},
		{"sslmode", "disable"}, {"target_session_attrs", "any"}, {"connect_timeout", strconv.Itoa(int(connectTime / time.Second))},
	} {
		text += pair[0] + "='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(pair[1]) + "' "
	}
	c, err := withoutServices(text)
	if err != nil {
		return nil, errors.New("its dsn cannot be used")
	}
	c.Password, c.Fallbacks = s.password, nil
	c.RuntimeParams = map[string]string{"application_name": "tabgate", "client_encoding": "UTF8"}
	c.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec // the extended protocol, and nothing kept on the server
	c.StatementCacheCapacity, c.DescriptionCacheCapacity = 0, 0
	if c.TLSConfig, err = s.tls(); err != nil {
		return nil, err
	}
	return c, nil
}

// withoutServices parses text while PGSERVICE and PGSERVICEFILE are not set.
func withoutServices(text string) (*pgx.ConnConfig, error) {
	parsing.Lock()
	defer parsing.Unlock()
	for _, name := range []string{"PGSERVICE", "PGSERVICEFILE"} {
		if value, set := os.LookupEnv(name); set {
			defer os.Setenv(name, value) //nolint:errcheck // it was set before
			if err := os.Unsetenv(name); err != nil {
				return nil, err
			}
		}
	}
	return pgx.ParseConfig(text)
}

func (s settings) databaseName() string {
	if s.database == "" {
		return s.user
	}
	return s.database
}

// tls is nil where nothing is encrypted: on this machine, unless it is asked
// for.
func (s settings) tls() (*tls.Config, error) {
	if s.socket() || !s.remote() && s.sslmode != "verify-full" {
		return nil, nil
	}
	c := &tls.Config{ServerName: s.host, MinVersion: tls.VersionTLS12}
	if s.rootCert == "" || s.rootCert == "system" {
		return c, nil
	}
	pem, err := trusted.ReadFile(s.rootCert, 1<<20)
	if err != nil {
		return nil, err
	}
	if c.RootCAs = x509.NewCertPool(); !c.RootCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("sslrootcert holds no certificate")
	}
	return c, nil
}

// address is what an error names.
func (s settings) address() string {
	if s.socket() || s.port == "" {
		return s.host
	}
	return net.JoinHostPort(s.host, s.port)
}

// clean is text of a connection string as it may be shown.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || 0x7f <= r && r < 0xa0 {
			return -1
		}
		return r
	}, text)
	if len(text) > 40 {
		text = text[:40] + "…"
	}
	return text
}
