using System.Text.Json;
using Baton.Server.Cli.Measuring;

namespace Baton.Server.Tests.Cli;

/// <summary>What northwind promises of its answers, held over its golden tickets by the product itself.</summary>
[Collection(nameof(ConsoleOutput))]
public sealed class GoldenSetTests
{
    [Fact]
    public async Task Northwind_keeps_to_its_gates()
    {
        var folder = Path.Combine(Repository(), "playbooks", "northwind");
        var (before, errors) = (Console.Out, Console.Error);
        using var output = new StringWriter();
        int code;
        try
        {
            Console.SetOut(output);
            Console.SetError(output);
            code = await MeasureCommand.Command().Parse([
                "answers", "--playbook", folder, "--tickets", Path.Combine(folder, "evals", "golden.jsonl"),
                "--gates", Path.Combine(folder, "evals", "gates.yaml"), "--json",
            ]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errors);
        }

        Assert.True(code == 0, output.ToString());
        var figures = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(200, figures.GetProperty("tickets").GetInt32());
        Assert.NotEmpty(figures.GetProperty("gates").EnumerateArray());
    }

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Baton.slnx"))) return at.FullName;
        throw new DirectoryNotFoundException("there is no Baton.slnx above the tests");
    }
}
