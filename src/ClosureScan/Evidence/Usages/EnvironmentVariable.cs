namespace ClosureScan.Evidence.Usages;

/// <summary>
/// The variables and options that say what a path in their value is for. The name is the nearest one before the path, with nothing but the
/// value's own punctuation and other paths between: <c>PATH=a:b</c>, <c>--prefix PATH : a</c>, <c>"PATH": "a"</c>, <c>${XDG_DATA_DIRS/':''a'':'/':'}</c>.
/// </summary>
internal static class EnvironmentVariable
{
    private static ReadOnlySpan<byte> Searched =>
        "PATH LD_LIBRARY_PATH DYLD_LIBRARY_PATH XDG_DATA_DIRS XDG_CONFIG_DIRS PYTHONPATH NIX_PYTHONPATH PERL5LIB PERLLIB RUBYLIB GEM_PATH GEM_HOME NODE_PATH CLASSPATH LUA_PATH LUA_CPATH TCLLIBPATH GUILE_LOAD_PATH GUILE_LOAD_COMPILED_PATH GST_PLUGIN_PATH GST_PLUGIN_PATH_1_0 GST_PLUGIN_SYSTEM_PATH GST_PLUGIN_SYSTEM_PATH_1_0 GI_TYPELIB_PATH GIO_EXTRA_MODULES GIO_MODULE_DIR GTK_PATH QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QML2_IMPORT_PATH QML_IMPORT_PATH NIXPKGS_QT6_QML_IMPORT_PATH NIXPKGS_QT5_QML_IMPORT_PATH R_LIBS R_LIBS_SITE R_LD_LIBRARY_PATH OCAMLPATH CAML_LD_LIBRARY_PATH ERL_LIBS JAVA_LIBRARY_PATH LADSPA_PATH LV2_PATH VST_PATH ALSA_PLUGIN_DIR LIBGL_DRIVERS_PATH LIBVA_DRIVERS_PATH VDPAU_DRIVER_PATH GBM_BACKENDS_PATH SPA_PLUGIN_DIR PIPEWIRE_MODULE_DIR FREI0R_PATH GIT_EXEC_PATH ExecSearchPath MODULE_DIR MODULES_PATH PLUGIN_DIR PLUGINS_DIR PLUGIN_PATH EXTENSION_DIR LIBEXECDIR MODULE_PATH MODULEPATH MODULEDIR LIBRARY_DIRS auto_path SITE_ADDSITEDIR SYS_PATH secure_path"u8;

    private static ReadOnlySpan<byte> Loaded =>
        "LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES GDK_PIXBUF_MODULE_FILE GTK_IM_MODULE_FILE GTK_EXE_PREFIX VK_ICD_FILENAMES VK_DRIVER_FILES VK_LAYER_PATH OCL_ICD_VENDORS OPENCL_VENDOR_PATH __EGL_VENDOR_LIBRARY_FILENAMES __EGL_VENDOR_LIBRARY_DIRS library_path zend_extension JAVA_HOME DOTNET_ROOT DOTNET_ROOT_X64 DOTNET_ROOT_ARM64 PYTHONHOME R_HOME"u8;

    private static ReadOnlySpan<byte> Built =>
        "CC CXX CPP LD AR AS NM RANLIB STRIP OBJCOPY OBJDUMP FC F77 HOSTCC LDSHARED CFLAGS CXXFLAGS CPPFLAGS LDFLAGS FFLAGS FCFLAGS LIBS CC_FOR_BUILD CXX_FOR_BUILD BUILD_CC PKG_CONFIG PKG_CONFIG_PATH PKG_CONFIG_LIBDIR ACLOCAL_PATH CMAKE_PREFIX_PATH CMAKE_MODULE_PATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH CPATH LIBRARY_PATH NIX_CFLAGS_COMPILE NIX_LDFLAGS CONFIG_ARGS CONFIGURE_ARGS CONFIGURE_COMMAND config_args SHLIB_LD GOROOT_FINAL"u8;

    /// <summary>What the variable around a path says; null when there is none, or one that says nothing.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where the path begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="isShell">Whether unquoted white space ends a value, as in <c>PATH=a command</c>.</param>
    public static Usage? Judge(ReadOnlySpan<byte> line, int start, int end, bool isShell)
    {
        ReadOnlySpan<byte> before = line[..start];

        // A list whose name is further away than anybody looked: "…:/nix/store/…/bin:…".
        if (IsListed(line, start, end))
        {
            return Usage.Searches;
        }

        // Nixpkgs' own scripts that fill their PATH: for i in a b; do PATH=$PATH:$i/bin; done.
        if (isShell && before.TrimStart(" \t"u8).StartsWith("for "u8) && (line[end..].IndexOf("PATH"u8) >= 0 || line[end..].TrimEnd(" \t\r"u8).EndsWith("do"u8)))
        {
            return Usage.Searches;
        }

        Span<byte> buffer = stackalloc byte[64];
        for (int at = before.Length; TryNameBefore(before, ref at, out Range name);)
        {
            ReadOnlySpan<byte> found = before[name];
            Usage? usage = WordList.Has(Searched, found) || WordList.Has(Searched, Normalised(found, buffer)) ? Usage.Searches
                : WordList.Has(Loaded, found) ? Usage.Loads
                : WordList.Has(Built, found) ? Usage.Builds
                : null;
            if (usage is not null)
            {
                return IsValue(before, name.End.Value, isShell) ? usage : null;
            }
        }

        return null;
    }

    /// <summary>An option of a program in the spelling of a variable: <c>plugin-dir</c> is <c>PLUGIN_DIR</c>.</summary>
    private static ReadOnlySpan<byte> Normalised(ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        // A "path" alone is any path.
        if (name.Length > buffer.Length || name.IndexOfAny("-._"u8) < 0)
        {
            return default;
        }

        for (int i = 0; i < name.Length; i++)
        {
            buffer[i] = name[i] is (byte)'-' or (byte)'.' ? (byte)'_' : (byte)char.ToUpperInvariant((char)name[i]);
        }

        return buffer[..name.Length];
    }

    /// <summary>Finds the last identifier before <paramref name="at"/> that is no part of a path.</summary>
    private static bool TryNameBefore(ReadOnlySpan<byte> text, ref int at, out Range name)
    {
        while (true)
        {
            while (at > 0 && !IsNameByte(text[at - 1]))
            {
                at--;
            }

            int end = at;
            while (at > 0 && IsNameByte(text[at - 1]))
            {
                at--;
            }

            if (end == 0)
            {
                name = default;
                return false;
            }

            int begin = at;
            while (begin < end && text[begin] is (byte)'-' or (byte)'.')
            {
                begin++;
            }

            bool isInPath = at > 0 && text[at - 1] is (byte)'/' or (byte)'+' or (byte)'~';
            if (!isInPath && begin < end)
            {
                name = begin..end;
                return true;
            }
        }
    }

    private static bool IsNameByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'-' or (byte)'.';

    /// <summary>Whether between a name and the path lies nothing but what a value is made of: punctuation, paths, parameters, names of functions.</summary>
    private static bool IsValue(ReadOnlySpan<byte> before, int nameEnd, bool isShell)
    {
        ReadOnlySpan<byte> between = before[nameEnd..];
        byte quote = 0;
        bool hasEquals = false;
        for (int at = 0; at < between.Length; at++)
        {
            byte value = between[at];
            if (value is (byte)'"' or (byte)'\'')
            {
                quote = quote == 0 ? value : quote == value ? (byte)0 : quote;
            }
            else if (value == '=')
            {
                hasEquals |= at == 0 || between[..at].TrimEnd("+:?\""u8).IsEmpty;
            }
            else if (value is (byte)' ' or (byte)'\t' && quote == 0 && isShell && hasEquals && at > 1)
            {
                return false;
            }
            else if (value is (byte)';' or (byte)'|' && quote == 0)
            {
                return false;
            }
            else if (char.IsAsciiLetter((char)value) && IsBareWord(between, ref at))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the word at <paramref name="at"/> is one of its own, not part of a path, a parameter or a call. Moves to its end.</summary>
    private static bool IsBareWord(ReadOnlySpan<byte> text, ref int at)
    {
        int begin = at;
        while (at + 1 < text.Length && (IsNameByte(text[at + 1]) || text[at + 1] is (byte)'/' or (byte)'+' or (byte)'~' or (byte)'@' or (byte)'%'))
        {
            at++;
        }

        byte previous = begin > 0 ? text[begin - 1] : (byte)0;
        byte next = at + 1 < text.Length ? text[at + 1] : (byte)0;
        return at > begin && previous is not ((byte)'/' or (byte)'$' or (byte)'{' or (byte)'.' or (byte)'-') && next is not ((byte)'(' or (byte)'.' or (byte)'}' or (byte)'/')
            && text[begin..(at + 1)].IndexOfAny("/."u8) < 0;
    }

    /// <summary>Whether the path is one of a list of directories of programs or libraries, apart by colons.</summary>
    private static bool IsListed(ReadOnlySpan<byte> line, int start, int end)
    {
        ReadOnlySpan<byte> path = line[start..end];
        bool isDirectory = path.EndsWith("/bin"u8) || path.EndsWith("/sbin"u8) || path.EndsWith("/libexec"u8) || path.EndsWith("/lib"u8) || path.EndsWith("/site-packages"u8);
        return isDirectory
            && start > 0 && line[start - 1] == ':' && start > 1 && line[start - 2] is not ((byte)' ' or (byte)'\'' or (byte)'"')
            && line[..(start - 1)].LastIndexOf("/nix/store/"u8) is >= 0 and int other
            && line[other..(start - 1)].IndexOfAny(" \t=\"'"u8) < 0;
    }
}
