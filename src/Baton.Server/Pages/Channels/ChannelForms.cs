using Baton.Channels;
using Baton.Server.Api;
using Baton.Server.Pages.Frame;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Baton.Server.Pages.Channels;

/// <summary>What admins do on the page of channels.</summary>
internal static class ChannelForms
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapChannelForms() => routes.MapPost("/channel-test", Test).ExcludeFromDescription();
    }

    private static async Task<IResult> Test(
        ChannelList channels, ChannelTrial trial, [FromForm] string? channel, CancellationToken cancellationToken)
    {
        if (channels.Find(channel ?? "") is not { } found)
            return new ProblemResult(new Problem(404, "No such channel", $"There is no channel '{channel}'."));
        var steps = await trial.RunAsync(found, cancellationToken).ToListAsync(cancellationToken);
        return new RazorComponentResult<App>(new
        {
            Instead = typeof(ChannelTested),
            With = new Dictionary<string, object>
            {
                [nameof(ChannelTested.Channel)] = found.Name,
                [nameof(ChannelTested.Steps)] = steps.ConvertAll(step => step.Step),
                [nameof(ChannelTested.Took)] = steps.ConvertAll(step => step.Took),
            },
        });
    }
}
