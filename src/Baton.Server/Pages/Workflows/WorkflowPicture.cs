using System.Globalization;
using System.Net;
using System.Text;
using Baton.Playbooks.Workflows;
using Microsoft.AspNetCore.Components;

namespace Baton.Server.Pages.Workflows;

/// <summary>Draws a workflow: its steps from top to bottom, who takes each, and where it can leave.</summary>
internal static class WorkflowPicture
{
    private const int Width = 640, BoxWidth = 330, BoxHeight = 58, Gap = 26, Left = 8, ExitLeft = 430;

    public static MarkupString Of(Workflow workflow)
    {
        var height = (workflow.Steps.Count * (BoxHeight + Gap)) - Gap + (2 * Left);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"""<svg viewBox="0 0 {Width} {height}" class="w-100" role="img" aria-label="{Escaped(Spoken(workflow))}" fill="none" stroke="currentColor" font-size="14">""");
        for (var i = 0; i < workflow.Steps.Count; i++)
        {
            var top = Left + (i * (BoxHeight + Gap));
            Box(svg, workflow.Steps[i], i + 1, top);
            if (i + 1 < workflow.Steps.Count) Down(svg, top + BoxHeight);
            if (Exit(workflow.Steps[i]) is { } exit) Aside(svg, exit, top);
        }
        return new MarkupString(svg.Append("</svg>").ToString());
    }

    /// <summary>The picture in one sentence, for those who do not see it.</summary>
    private static string Spoken(Workflow workflow) => $"{workflow.Name}: "
        + string.Join(", then ", workflow.Steps.Select(s => $"{s.Name} by {s.Agent}"));

    private static void Box(StringBuilder svg, WorkflowStep step, int number, int top)
    {
        svg.Append(CultureInfo.InvariantCulture,
            $"""<rect x="{Left}" y="{top}" width="{BoxWidth}" height="{BoxHeight}" rx="6" stroke-width="1.5"/>""");
        Text(svg, Left + 12, top + 24, $"{number}. {step.Name} · {What(step)}", bold: true);
        Text(svg, Left + 12, top + 45, $"agent {step.Agent}", bold: false);
    }

    private static void Down(StringBuilder svg, int from) => svg.Append(CultureInfo.InvariantCulture,
        $"""<path d="M{Left + (BoxWidth / 2)} {from}v{Gap - 4}m-5 -6l5 6l5 -6" stroke-width="1.5"/>""");

    private static void Aside(StringBuilder svg, string exit, int top)
    {
        var middle = top + (BoxHeight / 2);
        svg.Append(CultureInfo.InvariantCulture,
            $"""<path d="M{Left + BoxWidth} {middle}H{ExitLeft - 8}m-6 -5l6 5l-6 5" stroke-width="1.5" stroke-dasharray="4 3"/>""");
        Text(svg, ExitLeft, middle + 5, exit, bold: false);
    }

    private static void Text(StringBuilder svg, int left, int bottom, string text, bool bold) =>
        svg.Append(CultureInfo.InvariantCulture,
            $"""<text x="{left}" y="{bottom}" fill="currentColor" stroke="none" font-weight="{(bold ? 600 : 400)}">{Escaped(text)}</text>""");

    private static string What(WorkflowStep step) => step switch
    {
        WorkflowStep.Call call => $"calls {call.Tool}",
        WorkflowStep.Score => "looks for signs",
        WorkflowStep.Check => "checks",
        _ => "tells the customer",
    };

    private static string? Exit(WorkflowStep step) => step switch
    {
        WorkflowStep.Call { Undo: not null } => "undone when it fails",
        WorkflowStep.Score => "suspicious: a person",
        WorkflowStep.Check => "does not hold: a person",
        _ => null,
    };

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
