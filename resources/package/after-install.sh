#!/bin/bash
ln -sf '/opt/${sanitizedProductName}/bin/coldtrail' /usr/bin/coldtrail

# Chromium's sandbox: user namespaces where the kernel gives them, else the set-user-id helper.
if [[ -L /proc/self/ns/user ]] && unshare --user true 2>/dev/null; then
  chmod 0755 '/opt/${sanitizedProductName}/chrome-sandbox' || true
else
  chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox' || true
fi

if hash update-desktop-database 2>/dev/null; then update-desktop-database /usr/share/applications || true; fi
if hash update-mime-database 2>/dev/null; then update-mime-database /usr/share/mime || true; fi
