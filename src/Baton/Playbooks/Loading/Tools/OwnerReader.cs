using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads whose the things are that a tool tells of: <c>owner</c> and <c>without_owner</c>.</summary>
internal static partial class OwnerReader
{
    /// <summary>What a tool says whose answers are nobody's in particular, such as opening hours.</summary>
    private const string Nobody = "none";

    public static ToolOwner? Read(Section tool)
    {
        var places = tool.Texts("without_owner");
        if (tool.Located("owner") is not { } owner)
        {
            if (tool.Has("without_owner"))
                tool.Problems.Add(tool.Here,
                    $"{tool.What}: 'without_owner' needs 'owner'; write owner: order.customer_email");
            else
                tool.Problems.Warn(tool.Here,
                    $"{tool.What} does not say whose its answers are, so that whoever names a number "
                    + "sees all of them; write owner: order.customer_email and without_owner: [status], or owner: none");
            return null;
        }
        if (owner.Text == Nobody)
        {
            if (tool.Has("without_owner"))
                tool.Problems.Add(owner,
                    $"{tool.What}: 'without_owner' is for answers that belong to somebody; remove it, or name the owner");
            return null;
        }
        if (Place(owner, tool) is not { } path) return null;
        var last = path[(path.LastIndexOf('.') + 1)..];
        foreach (var place in places.Where(p => Place(p, tool) == last))
            tool.Problems.Add(place,
                $"{tool.What}: '{place.Text}' names the owner, which no stranger may see; take it out of without_owner");
        return new ToolOwner(path, [.. places.Select(p => p.Text).Where(p => Shape().IsMatch(p))]);
    }

    /// <summary>A place in a tool's answer, or null with the problem reported.</summary>
    public static string? Place(Located? place, Section tool)
    {
        if (place is not { } given) return null;
        if (Shape().IsMatch(given.Text)) return given.Text;
        tool.Problems.Add(given,
            $"{tool.What}: '{given.Text}' is not a place in an answer; write names joined by dots, such as order.status");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,63}(\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,7}\z")]
    private static partial Regex Shape();
}
