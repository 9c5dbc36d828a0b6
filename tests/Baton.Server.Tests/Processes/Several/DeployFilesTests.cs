using System.CommandLine;
using System.Text.RegularExpressions;
using Baton.Server.Cli;
using Baton.Server.Cli.Operating;
using Json.Schema;
using YamlDotNet.RepresentationModel;

namespace Baton.Server.Tests.Processes.Several;

/// <summary>
/// The files for several machines, as far as they can be checked without a container engine: they are read, the chart
/// is rendered, and the commands in them exist.
/// </summary>
public sealed partial class DeployFilesTests(ServerFixture server)
{
    private static readonly Command Verbs = new("baton")
    {
        ServeCommand.Command(), WorkCommand.Command(), DbCommand.Command(),
    };

    private string Root => Path.GetFullPath(Path.Combine(server.Playbook, "..", ".."));

    private string Chart => Path.Combine(Root, "deploy", "helm", "baton");

    [Fact]
    public void The_values_of_the_chart_keep_its_schema()
    {
        var schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Chart, "values.schema.json")));
        var values = System.Text.Json.JsonSerializer.SerializeToElement(
            new YamlDotNet.Serialization.DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
                .Deserialize<Dictionary<string, object>>(File.ReadAllText(Path.Combine(Chart, "values.yaml"))));

        Assert.True(schema.Evaluate(values).IsValid);
    }

    [Theory]
    [InlineData("web", "http", 30)]
    [InlineData("worker", "health", 60)]
    public void Processes_of_the_chart_have_probes_an_end_and_commands_that_exist(string kind, string port, int grace)
    {
        var documents = Rendered(kind + ".yaml", scaling: false);
        var pod = Node(documents.Single(d => Text(d, "kind") == "Deployment"), "spec", "template", "spec");
        var container = Assert.Single((YamlSequenceNode)pod["containers"]);

        Assert.Equal($"{grace}", Text(pod, "terminationGracePeriodSeconds"));
        Assert.Equal("true", Text(Node(pod, "securityContext"), "runAsNonRoot"));
        foreach (var (probe, path) in (IEnumerable<(string, string)>)
            [("startupProbe", "live"), ("livenessProbe", "live"), ("readinessProbe", "ready")])
        {
            var get = Node(container, probe, "httpGet");
            Assert.Equal(("/health/" + path, port), (Text(get, "path"), Text(get, "port")));
        }
        Assert.Equal(port, Text(Assert.Single((YamlSequenceNode)container["ports"]), "name"));
        Assert.Empty(Verbs.Parse([.. ((YamlSequenceNode)container["args"]).Select(a => a.ToString())]).Errors);
        var budget = documents.Single(d => Text(d, "kind") == "PodDisruptionBudget");
        Assert.Equal("1", Text(Node(budget, "spec"), "maxUnavailable"));
        Assert.Equal(kind, Text(Node(budget, "spec", "selector", "matchLabels"), "app.kubernetes.io/component"));
    }

    [Fact]
    public void The_upgrade_comes_before_the_processes_and_scaling_only_when_it_is_wanted()
    {
        var upgrade = Assert.Single(Rendered("upgrade.yaml", scaling: false));
        Assert.Equal("pre-install,pre-upgrade", Text(Node(upgrade, "metadata", "annotations"), "helm.sh/hook"));
        Assert.Empty(Rendered("scaling.yaml", scaling: false));
        Assert.Equal("ScaledObject", Text(Assert.Single(Rendered("scaling.yaml", scaling: true)), "kind"));
    }

    [Fact]
    public void Compose_starts_what_there_is()
    {
        var services = Node(Yaml(File.ReadAllText(Path.Combine(Root, "compose.yaml"))).Single(), "services");

        Assert.All((string[])["migrate", "web", "worker"], name =>
        {
            // As a shell reads it, without what the environment fills in.
            var words = Quoted().Matches(Text(services[name], "command")).Select(m => m.Value.Trim('"')).ToList();
            Assert.Empty(Verbs.Parse([.. words]).Errors.Select(e => $"{name}: {e.Message}"));
        });
        Assert.Contains("--no-workers", Text(services["web"], "command"), StringComparison.Ordinal);
        Assert.StartsWith("work ", Text(services["worker"], "command"), StringComparison.Ordinal);
    }

    /// <summary>Fails on what <c>values.yaml</c> does not have, and on what it cannot render.</summary>
    private List<YamlMappingNode> Rendered(string template, bool scaling)
    {
        var values = Yaml(File.ReadAllText(Path.Combine(Chart, "values.yaml"))).Single();
        var text = File.ReadAllText(Path.Combine(Chart, "templates", template));
        text = Block().Replace(text, block =>
        {
            Assert.Equal(".Values.worker.scaling.enabled", block.Groups[2].Value);
            return scaling == (block.Groups[1].Length == 0) ? block.Groups[3].Value : "";
        });
        text = Reference().Replace(text, reference => reference.Groups[1].Value == ".Release.Name" ? "support"
            : Node(values, reference.Groups[1].Value.Split('.', StringSplitOptions.RemoveEmptyEntries)[1..])
                .ToString());
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        return Yaml(text);
    }

    private static List<YamlMappingNode> Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => d.RootNode).OfType<YamlMappingNode>()];
    }

    private static YamlNode Node(YamlNode node, params string[] path) => path.Aggregate(node, (at, name) =>
        at is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var next)
            ? next : throw new InvalidDataException($"there is no {string.Join('.', path)}"));

    private static string Text(YamlNode node, string name) => Node(node, name).ToString();

    [GeneratedRegex(@"\{\{- if (not )?(\S+) \}\}\n(.*?)\{\{- end \}\}\n?", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\{\{ (\.[A-Za-z.]+) \}\}")]
    private static partial Regex Reference();

    [GeneratedRegex("""
        "[^"]*"|\S+
        """)]
    private static partial Regex Quoted();
}
