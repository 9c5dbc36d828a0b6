using System.CommandLine;

namespace Baton.Server.Cli.Acting;

/// <summary><c>baton tools import openapi.json</c>: a draft of a tool file for each operation, closed.</summary>
internal static class ToolsImport
{
    /// <summary>Operations of one import.</summary>
    private const int Most = 500;

    /// <summary>Operations that are named when they were left out; the others are counted.</summary>
    private const int MostNamed = 10;

    public static Command Verb()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An OpenAPI 3 document, as JSON or YAML." };
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = "Folder for the drafts.", DefaultValueFactory = _ => new DirectoryInfo("tools-drafts"),
        };
        var address = new Option<string?>("--server") { Description = "Address of the server; the document's first one." };
        var only = new Option<string>("--only")
        {
            Description = "Paths that begin so, such as /orders.", DefaultValueFactory = _ => "",
        };
        var command = new Command("import", "Write drafts of tool files from an OpenAPI document, closed by default.")
        {
            file, to, address, only,
        };
        command.SetAction((parsed, _) => CliError.Guard(() => Task.FromResult(Write(
            parsed.GetValue(file)!, parsed.GetValue(to)!, parsed.GetValue(address), parsed.GetValue(only)!))));
        return command;
    }

    private static int Write(FileInfo file, DirectoryInfo folder, string? address, string only)
    {
        var document = OpenApiDocument.Read(file);
        var server = (address ?? document.Server).TrimEnd('/');
        var plain = server.Replace("{base}", "https://base.example", StringComparison.Ordinal);
        if (plain.Contains('{') || !Uri.TryCreate(plain, UriKind.Absolute, out var at)
            || at.Scheme != Uri.UriSchemeHttps || at.UserInfo.Length > 0)
            throw new CliError($"'{server}' is no https address of a server: name one with --server");
        var operations = document.Operations()
            .Where(o => o.Path.StartsWith(only, StringComparison.Ordinal)).Take(Most + 1).ToList();
        if (operations.Count > Most)
            throw new CliError($"more than {Most} operations: choose a part of the document with --only /PATH");
        if (operations.Count == 0)
            throw new CliError($"{file.Name} has no operation{(only.Length > 0 ? $" whose path begins with '{only}'" : "")}");
        var drafts = new OpenApiDrafts(document, server);
        folder.Create();
        var written = 0;
        foreach (var operation in operations)
        {
            var draft = drafts.Of(operation.Path, operation.Method, operation.Operation, operation.Shared);
            if (draft is not var (name, yaml)) continue;
            var target = Path.Combine(folder.FullName, name + ".yaml");
            if (File.Exists(target))
            {
                TerminalText.WriteErrorLine($"{name}.yaml is there already and stays as it is");
                continue;
            }
            File.WriteAllText(target, yaml);
            written++;
        }
        foreach (var left in drafts.LeftOut.Take(MostNamed)) TerminalText.WriteErrorLine($"left out: {left}");
        if (drafts.LeftOut.Count > MostNamed)
            TerminalText.WriteErrorLine($"left out: {drafts.LeftOut.Count - MostNamed} more");
        TerminalText.WriteLine($"{written} drafts in {folder.FullName}. Each is closed: read it, write owner, conditions and limits, "
            + "move it into the playbook's tools/, and give its scope to an agent.");
        return 0;
    }
}
