// Package engines tests sources against database servers that are too large
// for every run: .ci/engines fetches and names them.
package engines

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/source/rows"
	"github.com/authtabs/tabgate/data/source/trino"
)

// home is the directory of an unpacked Trino server, java the program that runs
// it.
const (
	home = "TABGATE_TRINO_HOME"
	java = "TABGATE_TRINO_JAVA"
)

// lake is a Trino server that takes the access tokens of a local pool.
type lake struct {
	url    string
	client *http.Client
	pool   *faults.Pool
	tokens map[string]string // of people, by their addresses
}

// person is somebody of the pool who signed in.
func (l *lake) signIn(t *testing.T, email string) (token, sub string) {
	t.Helper()
	domain, err := url.Parse(l.pool.Domain())
	if err != nil {
		t.Fatal(err)
	}
	svc, err := auth.New(auth.Options{
		Cognito:      cognito.Config{Domain: domain, ClientID: l.pool.ClientID(), Issuer: l.pool.Issuer()},
		RedirectURIs: redirects, StateDir: t.TempDir(), LocalPool: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = svc.Close() })
	attempt, err := svc.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	go l.pool.Person(email, localpool.DemoPassword).SignIn(t.Context(), attempt.URL()) //nolint:errcheck // Wait tells
	who, err := attempt.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	access, err := svc.Token(t.Context(), "access")
	if err != nil {
		t.Fatal(err)
	}
	return access.Reveal(), who.Sub
}

var redirects = []string{"http://localhost:28501/", "http://localhost:28502/", "http://localhost:28503/"}

// start starts the server, which takes a minute or so.
func start(t *testing.T) *lake {
	t.Helper()
	if os.Getenv(home) == "" {
		t.Skip(home + " names no Trino server: .ci/engines fetches one")
	}
	pool, err := faults.New(localpool.Options{RedirectURIs: redirects})
	if err != nil {
		t.Fatal(err)
	}
	pool.Start()
	t.Cleanup(func() { _ = pool.Close() })
	l := &lake{pool: pool, tokens: map[string]string{}}
	subs := map[string]string{}
	for _, email := range []string{"underwriter@example.com", "guest@example.com", "both@example.com"} {
		l.tokens[email], subs[email] = l.signIn(t, email)
	}
	dir := t.TempDir()
	port := freePort(t)
	l.url = fmt.Sprintf("https://localhost:%d", port)
	l.client = &http.Client{Transport: &http.Transport{TLSClientConfig: certificate(t, dir)}}
	configure(t, dir, port, pool.Issuer(), subs)
	l.run(t, dir)
	return l
}

func freePort(t *testing.T) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}

// certificate writes a certificate and key for localhost, and trusts it.
func certificate(t *testing.T, dir string) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	write(t, filepath.Join(dir, "server.pem"), string(cert)+string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(cert)
	return &tls.Config{RootCAs: roots}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// configure writes the server's configuration: a memory catalog, the pool's
// keys, groups by sub, and rules by groups.
func configure(t *testing.T, dir string, port int, issuer string, subs map[string]string) {
	t.Helper()
	etc := filepath.Join(dir, "etc")
	plugins := filepath.Join(dir, "plugin")
	if err := os.MkdirAll(plugins, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, plugin := range []string{"memory", "password-authenticators"} { // the second has groups from a file
		if err := os.Symlink(filepath.Join(os.Getenv(home), "plugin", plugin), filepath.Join(plugins, plugin)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(etc, "node.properties"), "node.environment=test\nnode.id=one\nnode.data-dir="+filepath.Join(dir, "data")+"\n")
	write(t, filepath.Join(etc, "config.properties"), fmt.Sprintf(`coordinator=true
node-scheduler.include-coordinator=true
http-server.http.enabled=false
http-server.https.enabled=true
http-server.https.port=%d
http-server.https.keystore.path=%s
http-server.authentication.type=JWT
http-server.authentication.jwt.key-file=%s/.well-known/jwks.json
http-server.authentication.jwt.required-issuer=%s
internal-communication.shared-secret=%s
internal-communication.https.required=true
discovery.uri=https://localhost:%[1]d
node.internal-address=localhost
internal-communication.https.truststore.path=%[2]s
internal-communication.https.keystore.path=%[2]s
plugin.dir=%[6]s
query.max-memory=1GB
`, port, filepath.Join(dir, "server.pem"), issuer, issuer, strings.Repeat("ab", 32), plugins))
	write(t, filepath.Join(etc, "catalog", "lake.properties"), "connector.name=memory\nmemory.max-data-per-node=512MB\n")
	write(t, filepath.Join(etc, "group-provider.properties"), "group-provider.name=file\nfile.group-file="+filepath.Join(etc, "groups.txt")+"\n")
	write(t, filepath.Join(etc, "groups.txt"), "Underwriters:"+subs["underwriter@example.com"]+"\nWriters:"+subs["both@example.com"]+"\n")
	write(t, filepath.Join(etc, "access-control.properties"), "access-control.name=file\nsecurity.config-file="+filepath.Join(etc, "rules.json")+"\n")
	write(t, filepath.Join(etc, "rules.json"), `{"catalogs": [{"allow": "all"}], "schemas": [{"group": "Writers", "owner": true}],
 "tables": [{"group": "Writers", "privileges": ["SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP"]}, {"group": "Underwriters", "schema": "risk", "privileges": ["SELECT"]}]}`)
}

// run starts the server and waits until it answers.
func (l *lake) run(t *testing.T, dir string) {
	t.Helper()
	root := os.Getenv(home)
	program := os.Getenv(java)
	if program == "" {
		program = "java"
	}
	cmd := exec.Command(program, "-Xmx2G", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=256M", "-Djdk.attach.allowAttachSelf=true", "--add-modules=jdk.incubator.vector",
		"--enable-native-access=ALL-UNNAMED", "-Dnode.environment=test", "-Dlog.enable-console=true", "-Dconfig="+filepath.Join(dir, "etc", "config.properties"),
		"-Dnode.id=one", "-Dnode.data-dir="+filepath.Join(dir, "data"), "-cp", filepath.Join(root, "lib", "*"), "io.trino.server.TrinoServer")
	cmd.Dir = dir
	var says bytes.Buffer
	cmd.Stdout, cmd.Stderr = &says, &says
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-ended
	})
	limit := time.After(5 * time.Minute)
	for {
		_, err := l.ask(t.Context(), "both@example.com", "select 1", time.Minute)
		if err == nil {
			return
		}
		select {
		case <-ended:
			t.Fatalf("the server ended: %s", tail(says.String()))
		case <-limit:
			t.Fatalf("the server does not answer: %v\n%s", err, tail(says.String()))
		case <-time.After(time.Second):
		}
	}
}

func tail(text string) string { return text[max(0, len(text)-4000):] }

func (l *lake) ask(ctx context.Context, email, query string, timeout time.Duration, args ...any) (*rows.Answer, error) {
	return trino.Ask(ctx, l.client, trino.Query{
		Server: l.url, Catalog: "lake", Schema: "risk", SQL: query, Args: args, Timeout: timeout,
		Token: func() string { return l.tokens[email] },
	})
}

func csv(t *testing.T, f frame.Frame) string {
	t.Helper()
	var b strings.Builder
	if err := frame.WriteCSV(t.Context(), f, &b); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestTrino(t *testing.T) {
	l := start(t)
	for _, statement := range []string{
		"create schema lake.risk",
		`create table loans as select * from (values (bigint '1', 'Energy', decimal '10.50', date '2024-01-01'), (2, 'it''s :odd', null, null)) as t (id, sector, amount, day)`,
		"create table many as select n from unnest(sequence(1, 10000)) as a(x) cross join unnest(sequence(1, 100)) as b(n)",
	} {
		if _, err := l.ask(t.Context(), "both@example.com", statement, 2*time.Minute); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	t.Run("a member reads", func(t *testing.T) {
		got, err := l.ask(t.Context(), "underwriter@example.com", "select * from loans order by id", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := csv(t, got), "id,sector,amount,day\n1,Energy,10.5,2024-01-01\n2,it's :odd,,"; got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
		for i, want := range []frame.Type{frame.Integer, frame.Text, frame.Number, frame.Date} {
			if c := got.Columns()[i]; c.Type != want {
				t.Errorf("%s is %s, want %s", c.Name, c.Type, want)
			}
		}
	})
	t.Run("types are those of the server", func(t *testing.T) {
		got, err := l.ask(t.Context(), "underwriter@example.com", `select true as a, smallint '7' as b, real '0.1' as c, double '1.5' as d, decimal '12' as e, timestamp '2024-02-29 12:30:00.500' as f,
	timestamp '2024-02-29 12:30:00.000 +02:00' as g, time '12:30:00' as h, array[1, 2] as i, cast(row(1, 'x') as row(n integer, s varchar)) as j, map(array['a'], array[1]) as k, json '{"a":1}' as l, cast(null as integer) as m, nan() as n`, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		const want = "a,b,c,d,e,f,g,h,i,j,k,l,m,n\ntrue,7,0.1,1.5,12,2024-02-29T12:30:00.5,2024-02-29T12:30:00+02:00,12:30:00,\"[1,2]\",\"{\"\"n\"\":1,\"\"s\"\":\"\"x\"\"}\",\"{\"\"a\"\":1}\",\"{\"\"a\"\":1}\",,"
		if got := csv(t, got); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
	})
	t.Run("values are bound, never text of the query", func(t *testing.T) {
		for value, want := range map[string]string{"it's :odd": "id\n2", "x' or 1 = 1 --": "id"} {
			got, err := l.ask(t.Context(), "underwriter@example.com", "select id from loans where sector in (?)", time.Minute, value)
			if err != nil || csv(t, got) != want {
				t.Errorf("%s: %v", value, err)
			}
		}
	})
	t.Run("a guest is refused", func(t *testing.T) {
		if _, err := l.ask(t.Context(), "guest@example.com", "select * from loans", time.Minute); !errors.Is(err, trino.ErrForbidden) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a token that is garbled, expired or of another is told as such", func(t *testing.T) {
		for name, token := range map[string]string{"garbled": "eyJhbGciOiJSUzI1NiJ9.e30.AAAA", "no token": "x"} {
			l.tokens["odd"] = token
			if _, err := l.ask(t.Context(), "odd", "select 1", time.Minute); !errors.Is(err, trino.ErrSignIn) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
	t.Run("a million rows stream, and are cut at the limits", func(t *testing.T) {
		began := time.Now()
		got, err := l.ask(t.Context(), "both@example.com", "select n from many", 5*time.Minute)
		if err != nil || got.Len() != 1_000_000 || got.Cut != rows.Whole {
			t.Fatalf("got %v", err)
		}
		t.Logf("a million rows in %s", time.Since(began).Round(time.Millisecond))
		cut, err := trino.Ask(t.Context(), l.client, trino.Query{
			Server: l.url, Catalog: "lake", Schema: "risk", SQL: "select n from many", Timeout: time.Minute, Limits: rows.Limits{Rows: 1000},
			Token: func() string { return l.tokens["both@example.com"] },
		})
		if err != nil || cut.Len() != 1000 || cut.Cut != rows.ByRows {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a source of a page says a refusal in the sentences of a lock", func(t *testing.T) {
		s := source.NewStore(t.Context(), source.Options{HTTP: l.client})
		t.Cleanup(func() { _ = s.Close() })
		s.Use(&dashboard.Dashboard{Connections: []dashboard.Connection{{Name: "lake", Driver: "trino", URL: l.url, Catalog: "lake", Schema: "risk"}}})
		src := dashboard.Source{Name: "loans", Connection: "lake", Identity: "token", Query: "select id from loans where sector in (:sectors)"}
		for email, want := range map[string]string{
			"underwriter@example.com": "", "": "source loans: Please login!",
			"guest@example.com": "source loans: You do not have access. Please contact the administrator.",
		} {
			reader := source.Reader{Token: source.NewToken(func() string { return l.tokens[email] })}
			f := s.OpenFor(reader, src, map[string][]string{"sectors": {"Energy", "Retail"}})
			got, err := f.Next(t.Context(), 0)
			if err != nil {
				t.Fatal(err)
			}
			if got.Err != nil && got.Err.Error() != want || got.Err == nil && (want != "" || csv(t, got.Frame) != "id\n1") {
				t.Errorf("%s: got %v", email, got.Err)
			}
			f.Close()
		}
	})
}
