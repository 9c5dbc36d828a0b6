using Baton.Testing;
using Baton.Tests.Style;

namespace Baton.Tests.Decisions.Desks;

/// <summary>The sample company's playbook, for desks.</summary>
internal static class NorthwindFiles
{
    public static readonly string Folder = Path.Combine(Repository.Root, "playbooks", "northwind");

    public static PlaybookFiles All()
    {
        var files = new PlaybookFiles();
        foreach (var path in files.Texts.Keys.ToList()) files.Without(path);
        foreach (var path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            files.With(Path.GetRelativePath(Folder, path), File.ReadAllText(path));
        return files;
    }
}
