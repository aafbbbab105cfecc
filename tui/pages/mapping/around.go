package mapping

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// around draws everything that is not the map.
func (s *surface) around(l layout, r readout) {
	switch l.shape {
	case sideBar:
		s.side(l.panel, &r)
		s.status(l.status, l.area, &r, 0)
	case topBar:
		x := 1 + s.grid.Text(1, l.legend.Y, heading, s.theme.Accent, cell.Bold) + 3
		s.legendRow(rect{X: x, Y: l.legend.Y, W: l.legend.W - x, H: 1}, r.scene, r.layers)
		s.boxRow(l.boxes, r.layers, false)
		s.readRow(l.read, &r, true)
		s.status(l.status, l.area, &r, 1)
	case single:
		s.boxRow(l.boxes, r.layers, true)
		if l.legend.H > 0 {
			s.legendRow(l.legend, r.scene, r.layers)
		}
		if l.read.H > 0 {
			s.readRow(l.read, &r, l.status.H > 0)
		}
		if l.status.H > 0 {
			s.status(l.status, l.area, &r, 1)
		}
	}
}

// side fills the side panel: check boxes, legends, read-out, stops.
func (s *surface) side(panel rect, r *readout) {
	const x = 1
	bottom := panel.Y + panel.H
	s.grid.Text(x, 0, heading, s.theme.Accent, cell.Bold)
	for i, name := range layerNames {
		s.box(x, 2+i, i, r.layers[i], name, sideWidth-x)
	}
	y := s.legendPanel(x, 8, bottom-6, r.scene, r.layers)
	if y+5 > bottom {
		return
	}
	y = s.readPanel(x, y, bottom, r)
	if r.layers[mapview.Exits] || r.layers[mapview.Names] {
		s.busiest(x, y+3, bottom, r.scene, r.pinned)
	}
}
