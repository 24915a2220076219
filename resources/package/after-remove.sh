#!/bin/bash
[ -L /usr/bin/coldtrail ] && rm -f /usr/bin/coldtrail
if hash update-desktop-database 2>/dev/null; then update-desktop-database /usr/share/applications || true; fi
if hash update-mime-database 2>/dev/null; then update-mime-database /usr/share/mime || true; fi
exit 0
