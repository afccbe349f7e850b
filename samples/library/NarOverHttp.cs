using ClosureScan.Analysis;
using ClosureScan.Nar;
using ClosureScan.Platforms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClosureScan.Samples;

/// <summary>
/// A service that judges the NAR in a request: <c>curl --data-binary @x.nar 'localhost:5000/scan?host=armv7l-linux'</c>. Nothing blocks, nothing is held in
/// memory, and a request that is broken off ends its scan.
/// </summary>
public static class NarOverHttp
{
    public static WebApplication Build(params string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(arguments);
        builder.Services.AddClosureScan(options => options with { Decompress = true });
        WebApplication app = builder.Build();
        app.MapPost("/scan", ScanAsync);
        return app;
    }

    private static async Task ScanAsync(HttpContext context)
    {
        NarReportOptions options = context.RequestServices.GetRequiredService<NarReportOptions>();
        try
        {
            if (context.Request.Query["host"].FirstOrDefault() is { } host)
            {
                options = options with { Host = Platform.TryParse(host, out Platform? platform) ? platform : throw new BadHttpRequestException($"\"{host}\" is no system.") };
            }

            NarReport report = await NarReport.ScanAsync(context.Request.BodyReader, options, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await report.WriteJsonAsync(context.Response.BodyWriter, cancellationToken: context.RequestAborted);
        }
        catch (NarFormatException exception)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
        }
    }

    /// <summary>How a program says once what it wants of the library.</summary>
    public static IServiceCollection AddClosureScan(this IServiceCollection services, Func<NarReportOptions, NarReportOptions> configure) =>
        services.AddSingleton(configure(NarReportOptions.Default));
}
