using Baton.Playbooks.Loading;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Imports;

/// <summary>Reads <c>imports.yaml</c>.</summary>
internal static class ImportsReader
{
    public const string File = PlaybookFolder.Imports;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The file of a playbook's folder; null when there is none.</summary>
    /// <exception cref="FormatException">It has mistakes; the message names the first.</exception>
    public static ImportPolicy? Find(string playbook)
    {
        var path = Path.Combine(playbook, File);
        if (!System.IO.File.Exists(path)) return null;
        var limits = new LoadLimits();
        if (new FileInfo(path).Length > limits.FileBytes)
            throw new FormatException($"{path}: at most {limits.FileBytes} bytes are read");
        var problems = new ProblemList(limits.Problems);
        var source = new SourceFile(path, System.IO.File.ReadAllText(path).ReplaceLineEndings("\n"));
        var read = Section.Open(source, limits, problems) is { } section ? Read(section) : null;
        return problems.Problems is [var first, ..] ? throw new FormatException(first.ToString()) : read;
    }

    public static ImportPolicy Read(Section file)
    {
        var every = file.Duration("every", Day, Day * 366) ?? ImportPolicy.Monthly;
        var names = new List<Located>();
        var sources = new List<ImportSource>();
        file.Required("sources", "[{ name: helpdesk, kind: zendesk, path: ../articles.json }]");
        foreach (var source in file.Children("sources", "source"))
        {
            if (source.RequiredLocated("name", "helpdesk") is { } name)
            {
                names.Add(name);
                Names.CheckShape(name, "source", file.Problems, hyphens: true);
            }
            sources.Add(One(source));
        }
        Names.CheckUnique(names, "source", file.Problems);
        file.Close();
        return new ImportPolicy(every, sources);
    }

    private static ImportSource One(Section source)
    {
        var kind = source.RequiredChoice<SourceKind>("kind");
        BrandReader.CheckLanguage(source.Located("language"), source.Problems);
        var read = new ImportSource(source.OptionalText("name") ?? "", kind, source.Text("path", "../articles.json"))
        {
            Language = source.OptionalText("language") ?? "en",
            Activate = source.Flag("activate", otherwise: false),
        };
        if (read is { Kind: SourceKind.Tickets, Activate: true })
            source.Problems.Add(source.Here,
                $"source '{read.Name}': what people wrote to one customer is never activated by itself; remove 'activate'");
        source.Close();
        return read;
    }
}
