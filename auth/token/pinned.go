package token

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/authtabs/tabgate/auth/token/strict"
	"github.com/go-jose/go-jose/v4"
)

// maxPinned bounds what Restore reads; two keys take below 2 kB.
const maxPinned = 256 << 10

// pinned is how keys are kept between runs. They are public: no secret in it.
type pinned struct {
	Version int               `json:"version"`
	Issuer  string            `json:"issuer"`
	JWKS    string            `json:"jwks_uri"`
	Fetched int64             `json:"fetched"` // seconds since 1970
	Keys    []jose.JSONWebKey `json:"keys"`
}

var guardedPinned = strict.NewGuard("version", "issuer", "jwks_uri", "fetched", "keys")

// Marshal gives the keys as JSON for the state directory, or nil when there
// are none.
func (k *Keys) Marshal() []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.keys) == 0 {
		return nil
	}
	p := pinned{Version: 1, Issuer: k.issuer, JWKS: k.jwks, Fetched: k.fetched.Unix()}
	for _, kid := range slices.Sorted(maps.Keys(k.keys)) {
		p.Keys = append(p.Keys, k.keys[kid])
	}
	data, err := json.Marshal(p)
	if err != nil {
		return nil
	}
	return data
}

// Restore takes what Marshal gave in an earlier run, so that a start needs no
// network. The keys pass the same checks as fetched ones, and the issuer must
// be this one. After an error the set is as it was.
func (k *Keys) Restore(data []byte) error {
	const what = "kept keys"
	if len(data) > maxPinned {
		return refuse(Malformed, what, "they are larger than %d kB", maxPinned>>10)
	}
	obj, err := guardedPinned.Parse(data)
	if err != nil {
		return refuse(Malformed, what, "%v", err)
	}
	version, err := strict.Integer(obj["version"])
	if err != nil || version != 1 {
		return refuse(Malformed, what, "written by another version of tabgate")
	}
	issuer, err := strict.Text(obj["issuer"])
	if err != nil || issuer != k.issuer {
		return refuse(WrongIssuer, what, "they are another issuer's")
	}
	jwks, err := strict.Text(obj["jwks_uri"])
	if err != nil {
		return refuse(Malformed, what, "the address they came from is %v", err)
	}
	fetched, err := strict.Integer(obj["fetched"])
	if err != nil || fetched < 0 || fetched > farthest {
		return refuse(Malformed, what, "the time they came is not one")
	}
	keys, err := parseSet([]byte(`{"keys":` + string(obj["keys"]) + `}`))
	if err != nil {
		return refuse(Malformed, what, "%v", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys, k.jwks, k.fetched = keys, jwks, time.Unix(fetched, 0)
	return nil
}
