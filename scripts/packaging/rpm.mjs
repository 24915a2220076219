import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from './stage.mjs';

/** Makes an rpm of a staged tree with rpmbuild; its times are SOURCE_DATE_EPOCH's. */
export function buildRpm(facts, root, work) {
  const top = join(work, 'rpm');
  mkdirSync(top);
  const spec = join(work, 'coldtrail.spec');
  writeFileSync(spec, specOf(facts, root));
  const defines = {
    _topdir: top,
    _rpmdir: join(top, 'out'),
    _binary_payload: 'w2.xzdio',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
    _buildhost: 'reproducible',
  };
  const args = Object.entries(defines).flatMap(([key, value]) => ['--define', `${key} ${value}`]);
  call('rpmbuild', ['-bb', '--target', facts.architecture, ...args, spec]);
  const made = readdirSync(join(top, 'out'), { recursive: true }).find((file) => file.endsWith('.rpm'));
  copyFileSync(join(top, 'out', made), facts.file);
}

function specOf(facts, root) {
  const entries = readdirSync(root).map((name) => `/${name}`);
  // What is in /usr belongs to the system's packages: only the files of ours are listed there.
  const files = entries.flatMap((entry) => (entry === '/opt' ? ['/opt/Coldtrail'] : filesUnder(root, entry)));
  return `Name: ${facts.name}
Version: ${facts.version.replaceAll('-', '~')}
Release: 1
Summary: ${facts.summary}
License: ${facts.license}
Vendor: ${facts.vendor}
AutoReqProv: no
${facts.depends.map((name) => `Requires: ${name}\n`).join('')}
%define __os_install_post %{nil}
%define _build_id_links none
%define debug_package %{nil}

%description
${facts.description}

%install
mkdir -p %{buildroot}
cp -a ${root}/. %{buildroot}/

%post
${readFileSync(facts.afterInstall, 'utf8')}

%postun
${readFileSync(facts.afterRemove, 'utf8')}

%files
%defattr(-,root,root,-)
${files.join('\n')}
`;
}

function filesUnder(root, entry) {
  return readdirSync(join(root, entry), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.path, file.name).slice(root.length));
}
