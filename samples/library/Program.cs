using Microsoft.Extensions.Logging;

namespace ClosureScan.Samples;

/// <summary>Runs one of the samples beside this file: <c>dotnet run --project samples/library -- bytes samples/leaky-cache-source/README.md</c>.</summary>
public static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        using CancellationTokenSource stop = new();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        switch (arguments)
        {
            case ["bytes", var file]:
                await Bytes.RunAsync(file, Console.Out, stop.Token);
                return 0;
            case ["nar", var file]:
                await WalkNar.RunAsync(file, Console.Out, stop.Token);
                return 0;
            case ["store"]:
                await OwnStore.RunAsync(Console.Out, stop.Token);
                return 0;
            case ["rule", var store, var root]:
                await OwnRule.RunAsync(store, root, Console.Out, stop.Token);
                return 0;
            case ["report", var store, var root]:
                await OwnReport.RunAsync(store, root, Console.Out, stop.Token);
                return 0;
            case ["progress", var store, var root]:
                await ProgressAndCancel.RunAsync(store, root, Console.Error, stop.Token);
                return 0;
            case ["observe", var store, var root]:
                using (ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Debug)))
                {
                    await Observe.RunAsync(store, root, loggers.CreateLogger("ClosureScan"), Console.Out, stop.Token);
                }

                return 0;
            case ["graph", var store, var root]:
                await QuikGraphOnAClosure.RunAsync(store, root, Console.Out, stop.Token);
                return 0;
            case ["questions", var store, var root]:
                await Questions.RunAsync(store, root, Console.Out, stop.Token);
                return 0;
            case ["server", .. var options]:
                await NarOverHttp.Build(options).RunAsync();
                return 0;
            default:
                Console.Error.WriteLine("bytes FILE | nar FILE | store | rule STORE ROOT | report STORE ROOT | progress STORE ROOT | observe STORE ROOT | graph STORE ROOT | questions STORE ROOT | server");
                return 2;
        }
    }
}
