using System.Runtime.CompilerServices;

namespace Baton.Tests.Style;

/// <summary>The source tree this test was built from.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string Slices => Path.Combine(Root, "src", "Baton");

    /// <summary>
    /// Files under a folder of the tree, build output left out; paths use forward slashes from the root.
    /// </summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(Relative)
            .Where(path => extensions.Length == 0 || extensions.Contains(Path.GetExtension(path)))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Find([CallerFilePath] string here = "")
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(here)!])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "Baton.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the test program");
    }
}
