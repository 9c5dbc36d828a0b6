using System.Buffers;
using Baton.Playbooks;

namespace Baton.Tools;

/// <summary>Where a call goes: the tool's address with its holes filled, or what is wrong with it.</summary>
/// <param name="Uri">Null when there is a problem.</param>
/// <param name="IsOurs">Whether the operator set the server with <c>{base}</c>, so that it may be a private
/// one.</param>
/// <param name="BadInput">The input that cannot stand in an address, or null.</param>
internal sealed record ToolAddress(Uri? Uri, bool IsOurs, string? Problem = null, string? BadInput = null)
{
    private const string Base = "{base}";

    /// <summary>
    /// What may stand in a part of a path. Signs that some servers take for a separator (also encoded ones, also twice)
    /// are not among them: behind the separator lies another resource, and the call carries the tool's secret.
    /// </summary>
    private static readonly SearchValues<char> InPath = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~@:+, ");

    public static ToolAddress Of(Tool tool, IReadOnlyDictionary<string, string> inputs, Uri? baseAddress)
    {
        var ours = tool.Url.StartsWith(Base, StringComparison.Ordinal);
        if (ours && baseAddress is null)
            return new ToolAddress(null, ours, $"tool {tool.Name} needs an address for {{base}}, and none is set");
        var template = ours ? baseAddress!.ToString().TrimEnd('/') + tool.Url[Base.Length..] : tool.Url;
        var query = template.IndexOf('?') is >= 0 and var at ? at : template.Length;
        var (filled, shape) = (template, template);
        foreach (var (name, value) in inputs)
        {
            var hole = $"{{{name}}}";
            var place = template.IndexOf(hole, StringComparison.Ordinal);
            if (place < 0) continue;
            if (place < query && ProblemInPath(value) is { } problem)
                return new ToolAddress(null, ours, $"input '{name}' {problem}", name);
            filled = filled.Replace(hole, Uri.EscapeDataString(value), StringComparison.Ordinal);
            shape = shape.Replace(hole, "x", StringComparison.Ordinal);
        }
        return Checked(tool, ours, filled, shape);
    }

    /// <summary>
    /// The last look, at what will really be called: the same server and as many parts as the playbook wrote.
    /// </summary>
    private static ToolAddress Checked(Tool tool, bool ours, string filled, string shape)
    {
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var uri)
            || !Uri.TryCreate(shape, UriKind.Absolute, out var meant))
            return new ToolAddress(null, ours, $"tool {tool.Name} has no usable address");
        var same = uri.Scheme == meant.Scheme && uri.Host == meant.Host && uri.Port == meant.Port
            && uri.UserInfo.Length == 0
            && uri.Segments.Length == meant.Segments.Length && uri.Fragment.Length == 0;
        return same
            ? new ToolAddress(uri, ours)
            : new ToolAddress(null, ours, $"the inputs of tool {tool.Name} would change where it leads");
    }

    private static string? ProblemInPath(string value)
    {
        if (value.Trim().Length == 0) return "is empty";
        if (value.AsSpan().Trim().Trim('.').IsEmpty) return "is made of dots, which lead to another path";
        return value.AsSpan().ContainsAnyExcept(InPath) ? "has signs that cannot stand in an address" : null;
    }
}
