import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** The runtime's default application is no part of the product: it would load whatever it is pointed at. */
export function dropDefaultApp({ appOutDir, packager }) {
  const resources =
    packager.platform.name === 'mac'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  rmSync(join(resources, 'default_app.asar'), { force: true });
}
