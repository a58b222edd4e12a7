"""Builds C and C++ guests with clang and wasi-libc into a cache; run.py runs them."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KEYRING = pathlib.Path('/usr/share/keyrings/debian-archive-keyring.gpg')
LUA_ARCHIVE = 'lua-5.4.4.tar.gz'  # Debian's own is the authors', byte for byte
LUA_SHA256 = '164c7849653b80ae67bec4b7473b884bf5cc8d2dca05653475ec2ed27b9ebf61'


class Absent(Exception):
    """A tool or a source is not here; the text says which."""


def tool(*names):
    for name in names:
        if shutil.which(name):
            return shutil.which(name)
    raise Absent(names[0])


def run(command, **how):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **how)
    if done.returncode != 0:
        raise RuntimeError('%s\n%s' % (' '.join(str(word) for word in command),
                                       (done.stderr or done.stdout)[-2000:]))
    return done.stdout


def clang(language='c'):
    """The compiler, once it is known to have wasi-libc (for C++: libc++ too)."""
    compiler = tool('clang++-14', 'clang++') if language == 'c++' else tool('clang-14', 'clang')
    tool('wasm-ld', 'wasm-ld-14')
    text = '#include <vector>\n' if language == 'c++' else '#include <stdio.h>\n'
    with tempfile.TemporaryDirectory() as folder:
        probe = pathlib.Path(folder) / ('probe.cpp' if language == 'c++' else 'probe.c')
        probe.write_text(text + 'int main() { return 0; }\n')
        done = subprocess.run([compiler, *target(), probe, '-o', probe.with_suffix('.wasm')],
                              capture_output=True)
        if done.returncode != 0:
            raise Absent('%s for wasm32-wasi' % ('libc++' if language == 'c++' else 'wasi-libc'))
    return compiler


def target():
    return ['--target=wasm32-wasi', '--sysroot=/usr']


def up_to_date(output, sources, recipe):
    """Whether the output was made from these very sources by this very recipe."""
    stamp = output.with_suffix('.from')
    digest = hashlib.sha256('\n'.join(str(word) for word in recipe).encode())
    for source in sources:
        digest.update(pathlib.Path(source).read_bytes())
    wanted = digest.hexdigest()
    if output.exists() and stamp.exists() and stamp.read_text() == wanted:
        return True
    stamp.unlink(missing_ok=True)
    return wanted


def build(cache, name, sources, flags=(), options=(), language='c', unwinding=False, also=(),
          includes=()):
    """One guest; `also` are files it depends on but does not compile, `includes` folders of which
    only the names may change."""
    output = cache / (name + '.wasm')
    recipe = [name, *flags, *options, language, unwinding]
    wanted = up_to_date(output, [*sources, *also], recipe)
    if wanted is True:
        return output
    compiler = clang(language)
    optimizer = tool('wasm-opt') if unwinding else None
    cache.mkdir(parents=True, exist_ok=True)
    includes = [word for folder in includes for word in ('-I', folder)]
    with tempfile.TemporaryDirectory() as folder:
        objects = [pathlib.Path(folder) / (pathlib.Path(source).stem + '.o') for source in sources]
        for source, made in zip(sources, objects):
            run([compiler, *target(), '-O2', *includes, *flags, '-c', source, '-o', made])
        # Without -O: at that clang would run wasm-opt, where it is installed.
        linked = pathlib.Path(folder) / 'linked.wasm' if unwinding else output
        run([compiler, *target(), *objects, *options, '-o', linked])
        if unwinding:
            run([optimizer, '--asyncify', '--pass-arg=asyncify-ignore-imports', '-O2', linked,
                 '-o', output])
    output.with_suffix('.from').write_text(wanted)
    return output


def lua_archive(cache):
    """The archive of Lua's sources out of Debian, by lists of our own: the machine's stay alone."""
    archive = pathlib.Path(os.environ.get('DOVETAIL_LUA', cache / LUA_ARCHIVE))
    if archive.is_file() and hashlib.sha256(archive.read_bytes()).hexdigest() == LUA_SHA256:
        return archive
    if not KEYRING.is_file():
        raise Absent("Lua's sources (no Debian keyring)")
    apt = tool('apt-get')
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name in ('lists/partial', 'cache/archives/partial', 'out'):
            (folder / name).mkdir(parents=True)
        (folder / 'sources.list').write_text(
            'deb-src [signed-by=%s] http://deb.debian.org/debian bookworm main\n' % KEYRING)
        settings = {'Dir::Etc::SourceList': folder / 'sources.list',
                    'Dir::Etc::SourceParts': '/dev/null', 'Dir::State::Lists': folder / 'lists',
                    'Dir::Cache': folder / 'cache', 'APT::Sandbox::User': 'root'}
        options = [word for key, value in settings.items()
                   for word in ('-o', '%s=%s' % (key, value))]
        try:
            run([apt, *options, 'update'])
            run([apt, *options, 'source', '--download-only', 'lua5.4'], cwd=folder / 'out')
        except RuntimeError as problem:
            raise Absent("Lua's sources (%s)" % str(problem).splitlines()[-1]) from problem
        for found in (folder / 'out').glob('lua5.4_*.orig.tar.gz'):
            if hashlib.sha256(found.read_bytes()).hexdigest() == LUA_SHA256:
                shutil.copyfile(found, cache / LUA_ARCHIVE)
                return cache / LUA_ARCHIVE
    raise Absent("Lua's sources (another version)")


def lua(cache, unwinding):
    """The interpreter, 30,000 lines of C: with wasm-opt it unwinds, without an error is its end."""
    with tarfile.open(lua_archive(cache)) as archive, tempfile.TemporaryDirectory() as folder:
        archive.extractall(folder)
        sources = pathlib.Path(folder) / 'lua-5.4.4' / 'src'
        files = sorted(file for file in sources.glob('*.c') if file.name != 'luac.c')
        flags = ['-I', HERE / 'lua', '-include', HERE / 'lua/lua_for_wasi.h',
                 '-Wno-deprecated-declarations', '-Wno-invalid-noreturn',
                 '-D_WASI_EMULATED_SIGNAL', '-D_WASI_EMULATED_PROCESS_CLOCKS']
        if unwinding:
            flags.append('-DGUEST_UNWINDS')
        return build(cache, 'lua-unwinding' if unwinding else 'lua',
                     [*files, HERE / 'lua/guest_throw.c'], flags=flags, includes=[sources],
                     unwinding=unwinding,
                     options=['-lwasi-emulated-signal', '-lwasi-emulated-process-clocks',
                              '-Wl,-z,stack-size=1048576'],
                     also=[HERE / 'lua/lua_for_wasi.h', HERE / 'lua/setjmp.h'])
