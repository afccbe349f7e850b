using System.Reflection;
using System.Runtime.CompilerServices;

namespace ClosureScan.Cli.Tests.PublicApi;

/// <summary>Lists what another assembly can see of an assembly: one line a type or member, sorted, each with its whole name.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(LinesOf).Order(StringComparer.Ordinal);

    private static IEnumerable<string> LinesOf(Type type)
    {
        string name = TypeText.Of(type);
        yield return $"{name} : {Kind(type)}{Parents(type)}";
        if (type.IsEnum)
        {
            foreach (string member in Enum.GetNames(type))
            {
                yield return $"{name}.{member} = {Convert.ToInt64(Enum.Parse(type, member), System.Globalization.CultureInfo.InvariantCulture)}";
            }

            yield break;
        }

        if (type.BaseType == typeof(MulticastDelegate))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            yield return $"{name}({Parameters(invoke)}) : {TypeText.Of(invoke.ReturnParameter)}";
            yield break;
        }

        foreach (MemberInfo member in type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute))))
        {
            if (Line(member) is { } line)
            {
                yield return $"{name}.{line}";
            }
        }
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + (IsRecord(type) ? "record struct" : "struct"),
        _ when type.BaseType == typeof(MulticastDelegate) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (IsRecord(type) ? "record" : "class"),
    };

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", Declared) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute));

    /// <summary>The base type and the interfaces that are not already those of the base type.</summary>
    private static string Parents(Type type)
    {
        if (type.IsEnum || type.BaseType == typeof(MulticastDelegate))
        {
            return "";
        }

        IEnumerable<Type> inherited = type.BaseType?.GetInterfaces() ?? [];
        IEnumerable<Type> interfaces = type.GetInterfaces().Where(parent => parent.IsVisible).Except(inherited);
        IEnumerable<Type> bases = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [parent] : [];
        string text = string.Join(", ", bases.Concat(interfaces).Select(TypeText.Of).Order(StringComparer.Ordinal));
        return text.Length == 0 ? "" : $", {text}";
    }

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field.IsPublic, field.IsFamily, field.IsFamilyOrAssembly) =>
            $"{field.Name} : {Modifier(field)}{TypeText.Of(field)}{(field.IsLiteral ? $" = {TypeText.Literal(field.GetRawConstantValue())}" : "")}",
        ConstructorInfo constructor when IsSeen(constructor) && !constructor.IsStatic => $"new({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && !IsAccessor(method) && method.GetBaseDefinition().DeclaringType != typeof(object) =>
            $"{method.Name}{TypeText.TypeArguments(method)}({Parameters(method)}) : {Modifier(method)}{TypeText.Of(method.ReturnParameter)}",
        PropertyInfo property when Accessors(property) is { Length: > 0 } accessors =>
            $"{property.Name}{Indices(property)} : {Modifier(property.GetAccessors(true)[0])}{TypeText.Of(property)} {{ {accessors} }}",
        EventInfo @event when IsSeen(@event.AddMethod!) => $"{@event.Name} : event {TypeText.Of(@event.EventHandlerType!)}",
        _ => null,
    };

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Accessors(PropertyInfo property)
    {
        string get = property.GetMethod is { } getter && IsSeen(getter) ? "get; " : "";
        string set = property.SetMethod is { } setter && IsSeen(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        return (property.IsDefined(typeof(RequiredMemberAttribute)) && set.Length > 0 ? "required; " : "") + (get + set).TrimEnd();
    }

    private static string Indices(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } indices ? $"[{string.Join(", ", indices.Select(TypeText.Of))}]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{TypeText.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {TypeText.Default(parameter)}" : "")}"));

    private static bool IsSeen(MethodBase method) => IsSeen(method.IsPublic, method.IsFamily, method.IsFamilyOrAssembly);

    private static bool IsSeen(bool isPublic, bool isFamily, bool isFamilyOrAssembly) => isPublic || isFamily || isFamilyOrAssembly;

    private static string Modifier(FieldInfo field) =>
        (field.IsLiteral ? "const " : field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");

    private static string Modifier(MethodBase method) =>
        (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")
        + (method.IsStatic ? "static " : "")
        + (method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");
}
