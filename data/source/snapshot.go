// Package source reads what the sources of a dashboard name, and gives it as
// frames: files of the folder, addresses, tables of databases, inline records.
// It watches what it read and tells when that has changed.
package source

import (
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// Offline is [Snapshot.Away] where the network is not to be used.
const Offline = "offline"

// Snapshot is what is known of a source at one time. Its frame stays valid as
// long as somebody holds it.
type Snapshot struct {
	Seq      int         // counts the snapshots of a source, from 1
	Frame    frame.Frame // nil if there is none
	Report   textfile.Report
	Complete bool              // Frame has all rows; else it is the head, and types may still change
	Progress textfile.Progress // while it is not complete
	Grown    bool              // rows were added behind those of the snapshot before
	Replaced bool              // it was read anew, for it is another file or was cut
	Read     time.Time         // when
	Note     string            // why the figures are not those asked for, or what was cut; "" = nothing to say
	// Away is why an address did not give the figures, a clause, where they were
	// kept from earlier or a fallback stands in; "" = they are its own.
	Away string
	// Asking reports that these are at hand, and that newer ones are asked for.
	Asking bool
	// Err is why the source could not be read, one line; Frame, where it is not
	// nil, is then the last good one.
	Err error
	// Fallback is the file that stands in for an address: its unit and scale are
	// those of the figures. nil = none does.
	Fallback *dashboard.Fallback
	// Waiting is what the source waits for, such as a yes of the reader; "" =
	// nothing.
	Waiting string
}
