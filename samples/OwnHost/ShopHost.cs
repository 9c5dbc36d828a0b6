using Baton;
using Baton.Customers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OwnHost;

/// <summary>A shop's own web program that answers its support tickets with Baton.</summary>
public static class ShopHost
{
    public static Task Main(string[] args) => Build(args).RunAsync();

    /// <summary>The program, not started.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);

        // Baton asks the shop who a customer is, instead of believing the ticket.
        builder.Services.AddSingleton<ICustomerDirectory, MemberDirectory>();

        // Who may send tickets is the shop's business: here whoever has its key.
        builder.Services.AddAuthentication(ShopKey.Scheme).AddScheme<ShopKeyOptions, ShopKey>(
            ShopKey.Scheme, options => options.Key = builder.Configuration["Shop:Key"] ?? "");
        builder.Services.AddAuthorization();
        builder.Services.AddProblemDetails();

        // One more health check of the shop's own; /health/ready asks it as well.
        builder.Services.AddHealthChecks().AddCheck("shop", () => HealthCheckResult.Healthy());

        // Settings come from Baton:… (appsettings.json, BATON__… in the environment, --Baton:… here); code has the last
        // word.
        builder.AddBaton(baton => baton.Stages = (services, stages) =>
        [
            .. stages.TakeWhile(stage => stage.Name != "escalation"),
            new OpenDayStage(services.GetRequiredService<TimeProvider>()),
            .. stages.SkipWhile(stage => stage.Name != "escalation"),
        ]);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapGet("/", () => "A shop. Its tickets go to /api/tickets.");
        app.MapBaton();
        return app;
    }
}
